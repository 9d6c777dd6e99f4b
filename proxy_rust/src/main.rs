use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    loopback_proxy::start(env::args().skip(1))
}
