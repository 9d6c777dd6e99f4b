use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use tracing_subscriber::filter::Targets;

use crate::routes;

/// What the environment says.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// `LISTEN_ADDR`: address and port, default `0.0.0.0:3000`.
    pub listen: SocketAddr,
    /// `COLOR`: the word in the answers, default `Green`.
    pub color: String,
    /// `HEALTH_PATH`: path that answers 200 as long as the process does, default `/health`; the load balancer's health
    /// check must ask the same.
    pub health: String,
    /// `SHUTDOWN_SECONDS`: longest wait for requests in flight after SIGTERM, default 20. It must end before ECS kills
    /// the container, `stopTimeout` (default 30 s) after SIGTERM: the task definition passes that less 2 s.
    pub shutdown: Duration,
    /// `RUST_LOG`: log level, or `target=level` pairs; default `info`.
    pub log: Targets,
    /// `ECS_CONTAINER_METADATA_URI_V4`: set by ECS alone.
    pub metadata: Option<String>,
}

/// A variable that cannot be used, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    variable: &'static str,
    found: String,
    allowed: &'static str,
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: found {:?}, allowed: {}", self.variable, self.found, self.allowed)
    }
}

impl std::error::Error for ConfigurationError {}

impl Configuration {
    /// Reads the variables, `variable` giving the value of a name.
    ///
    /// # Errors
    /// Names the variable, what was found and what is allowed.
    pub fn read(variable: impl Fn(&'static str) -> Option<String>) -> Result<Self, ConfigurationError> {
        let read = |name, default: &str| (name, variable(name).unwrap_or_else(|| default.to_owned()));
        Ok(Self {
            listen: parse(read("LISTEN_ADDR", "0.0.0.0:3000"), "address:port, like 0.0.0.0:3000", |text| {
                text.parse().ok()
            })?,
            color: parse(read("COLOR", "Green"), "a word of 1 to 32 characters", color)?,
            health: parse(read("HEALTH_PATH", "/health"), "a path like /health that is no other route", health)?,
            shutdown: parse(read("SHUTDOWN_SECONDS", "20"), "whole seconds from 0 to 120", shutdown)?,
            log: parse(read("RUST_LOG", "info"), "a level or target=level pairs, like info or tower_http=debug", log)?,
            metadata: variable("ECS_CONTAINER_METADATA_URI_V4"),
        })
    }
}

fn parse<T>(
    (variable, found): (&'static str, String),
    allowed: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, ConfigurationError> {
    read(&found).ok_or(ConfigurationError { variable, found, allowed })
}

fn color(text: &str) -> Option<String> {
    let fits = (1..=32).contains(&text.chars().count())
        && !text.contains(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    fits.then(|| text.to_owned())
}

/// Plain characters alone: braces and stars mean something to the router, `?` and `#` end a path.
fn health(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    let fits = text.starts_with('/') && text.len() <= 128 && text.chars().all(plain) && !routes::taken(text);
    fits.then(|| text.to_owned())
}

fn shutdown(text: &str) -> Option<Duration> {
    text.parse().ok().filter(|seconds| *seconds <= 120).map(Duration::from_secs)
}

fn log(text: &str) -> Option<Targets> {
    text.parse().ok()
}
