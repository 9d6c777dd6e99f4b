//! The API with a bug: `/one` answers 500. For rehearsing a release that must not reach any visitor.

use std::process::ExitCode;

use rust_api::{routes, start};

fn main() -> ExitCode {
    start(|color, health| {
        let mut routes = routes::all(color, health);
        routes.insert("/one".to_owned(), routes::failing());
        routes
    })
}
