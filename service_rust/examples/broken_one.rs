//! The API with a bug: `/one` answers 500. For rehearsing a release that must not reach any visitor.

use std::process::ExitCode;

use rust_api::{routes, start};

fn main() -> ExitCode {
    start(|color| {
        let mut routes = routes::all(color);
        routes.insert("/one", routes::failing());
        routes
    })
}
