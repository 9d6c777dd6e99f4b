use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Ends when the process is asked to stop: SIGTERM from ECS, SIGINT from a terminal.
///
/// # Errors
/// When the system takes no handler.
pub(crate) fn asked() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
