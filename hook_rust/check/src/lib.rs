//! Checks HTTP routes concurrently and proves which task definition answered.
//!
//! Knows neither AWS nor Lambda: the hook and the Python bindings give it a URL, a check list, the revision that must
//! answer, and the instant by which the verdict must stand.

mod answer;
mod at_once;
mod attempt;
mod attempts;
mod backoff;
mod base_url;
mod body;
mod burst;
mod check_list;
mod confirm;
mod connection;
mod excerpt;
mod expectations;
mod failure;
mod fields;
mod header;
mod identity;
mod judge;
mod progress;
mod repeat;
mod route;
mod run;
mod text;
mod tls;
mod verdict;

pub use base_url::{BaseUrl, BaseUrlError};
pub use check_list::{Check, CheckListError, default_list, parse};
pub use failure::FailureKind;
pub use identity::{IDENTITY_HEADER, Identity};
pub use run::{Plan, check_routes};
pub use verdict::{RouteResult, Verdict};
