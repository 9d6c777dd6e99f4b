use std::process::ExitCode;

use rust_api::{routes, start};

fn main() -> ExitCode {
    start(routes::all)
}
