//! What each kind of input must never do to the code that reads it. `tests/corpus.rs` throws the saved inputs and
//! random changes of them at these functions; `make fuzz` lets libFuzzer look for new ones.
#![forbid(unsafe_code)]

// Whole files of the hook, without the AWS SDK that it is built with.
#[allow(dead_code)]
#[path = "../../src/app_spec.rs"]
mod app_spec;
#[allow(dead_code)]
#[path = "../../src/event.rs"]
mod event;

mod targets;

pub use targets::{Target, by_name, ids, targets};
