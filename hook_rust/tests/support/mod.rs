//! The world around the real hook binary: Lambda's runtime API, CodeDeploy and the routes, all on loopback addresses.
#![allow(dead_code, unused_imports)]

#[path = "../../check/tests/support/mod.rs"]
mod http;
#[path = "../../check/tests/support/tls.rs"]
pub mod tls;

mod codedeploy;
mod runtime;
mod stage;

pub use codedeploy::{CodeDeploy, deployment, refuse};
pub use http::{Reply, Request, Server};
pub use stage::{Outcome, Stage, event};
