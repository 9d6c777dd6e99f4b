//! The hook that CodeDeploy calls before it shifts traffic: checks the routes through the test listener, proves which
//! revision answered, and reports `Succeeded` or `Failed`, whatever goes wrong.

mod app_spec;
mod client;
mod conclude;
mod configuration;
mod deadlines;
mod event;
mod handle;
mod identity;
mod persist;
mod probe;
mod report;
mod unreadable;
mod verdict;

pub use client::client;
pub use conclude::conclude;
pub use configuration::{Configuration, ConfigurationError, Proof};
pub use deadlines::Deadlines;
pub use event::Execution;
pub use handle::{Hook, handle};
pub use unreadable::tell_unreadable;
pub use verdict::HookVerdict;
