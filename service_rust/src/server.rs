use std::io;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::sleep;

/// Serves until `stop` ends, then finishes the requests in flight, for at most `limit`.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    limit: Duration,
) -> io::Result<()> {
    let (stopping, mut stopped) = watch::channel(false);
    let graceful = async move {
        stop.await;
        tracing::info!("stopping: no new connections");
        stopping.send_replace(true);
    };
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let server = axum::serve(listener, app).with_graceful_shutdown(graceful);
    tokio::select! {
        outcome = server => outcome,
        () = expired(&mut stopped, limit) => {
            tracing::warn!(seconds = limit.as_secs(), "stopped with requests still in flight");
            Ok(())
        }
    }
}

async fn expired(stopped: &mut watch::Receiver<bool>, limit: Duration) {
    if stopped.wait_for(|stopping| *stopping).await.is_err() {
        return std::future::pending().await;
    }
    sleep(limit).await;
}
