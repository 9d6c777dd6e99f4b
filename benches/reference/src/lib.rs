//! What the programs of the API's benchmark share.

use std::env;
use std::error::Error;

/// Any error that ends a program.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// The address that `LISTEN_ADDR` gives, as for the API.
///
/// # Errors
/// When the variable is missing.
pub fn listen_address() -> Result<String, BoxError> {
    env::var("LISTEN_ADDR").map_err(|error| format!("LISTEN_ADDR: {error}").into())
}

/// The argument at `place`, counted from 1.
///
/// # Errors
/// Names the missing argument.
pub fn argument(place: usize, name: &str) -> Result<String, BoxError> {
    env::args().nth(place).ok_or_else(|| format!("argument {place} is missing: {name}").into())
}
