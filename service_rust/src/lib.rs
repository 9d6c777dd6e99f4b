//! The API that is released blue/green: it says which color and which task definition answers.

mod answer;
mod app;
mod configuration;
mod connection;
mod logging;
pub mod routes;
mod server;
mod shutdown;
mod start;

pub use answer::Answer;
pub use app::app;
pub use configuration::{Configuration, ConfigurationError};
pub use connection::Application;
pub use server::serve;
pub use start::start;
