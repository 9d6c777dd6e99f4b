use std::env;
use std::io;
use std::process::ExitCode;

use axum::http::HeaderValue;
use task_identity::look_up;
use tokio::net::TcpListener;

use crate::configuration::Configuration;
use crate::routes::Routes;
use crate::{app, logging, serve, shutdown};

/// Runs the process: exit code 0 after a stop, 1 when it cannot serve, 2 for a bad configuration.
#[must_use]
pub fn start(routes: impl FnOnce(&str, &str) -> Routes) -> ExitCode {
    let configuration = match Configuration::read(variable) {
        Ok(configuration) => configuration,
        Err(error) => return fail(2, &error),
    };
    logging::start(configuration.log.clone());
    let routes = routes(&configuration.color, &configuration.health);
    match run(&configuration, routes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, &format!("LISTEN_ADDR {}: {error}", configuration.listen)),
    }
}

/// What is not Unicode is read with marks in it, so that it is refused and not overlooked.
fn variable(name: &'static str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn fail(code: u8, message: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(code)
}

/// One thread: a task of up to one vCPU has no use for a second, and every request would pay for it.
#[tokio::main(flavor = "current_thread")]
async fn run(configuration: &Configuration, routes: Routes) -> io::Result<()> {
    let stop = shutdown::asked()?;
    let listener = TcpListener::bind(configuration.listen).await?;
    let identity = look_up(configuration.metadata.as_deref()).await;
    announce(configuration, &listener, identity.as_ref())?;
    serve(listener, app(routes, identity), stop, configuration.shutdown).await
}

fn announce(configuration: &Configuration, listener: &TcpListener, identity: Option<&HeaderValue>) -> io::Result<()> {
    let task_definition = identity.and_then(|name| name.to_str().ok());
    let (address, color) = (listener.local_addr()?, configuration.color.as_str());
    tracing::info!(%address, color, task_definition, "serving");
    Ok(())
}
