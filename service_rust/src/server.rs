use std::io;
use std::pin::pin;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use crate::connection::{Application, Connections};

/// After a stop, a connection that asks nothing for so long is closed. One that asks is answered, with
/// `connection: close`, so no request that was on its way is lost.
const QUIET: Duration = Duration::from_millis(250);
/// Pause after the system refused a connection, most likely for want of file descriptors.
const REFUSED: Duration = Duration::from_millis(100);

/// Serves until `stop` ends, then finishes the requests in flight and on their way, for at most `limit`.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(
    listener: TcpListener,
    app: impl Application,
    stop: impl Future<Output = ()>,
    limit: Duration,
) -> io::Result<()> {
    let mut connections = Connections::new(app);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connections.open(stream),
                Err(error) => refused(&error).await,
            },
            () = connections.closed() => {}
        }
    }
    tracing::info!("stopping: no new connections");
    connections.close_after_next_answer();
    for stream in waiting(listener)? {
        connections.open(TcpStream::from_std(stream)?);
    }
    if timeout(limit, finish(connections)).await.is_err() {
        tracing::warn!(seconds = limit.as_secs(), "stopped with requests still in flight");
    }
    Ok(())
}

async fn refused(error: &io::Error) {
    tracing::error!(%error, "no connection accepted");
    sleep(REFUSED).await;
}

/// Takes what the kernel has accepted for us: a listener that closes resets them.
fn waiting(listener: TcpListener) -> io::Result<Vec<std::net::TcpStream>> {
    let listener = listener.into_std()?;
    let streams: Vec<_> = std::iter::from_fn(|| listener.accept().ok()).map(|(stream, _)| stream).collect();
    streams.iter().try_for_each(|stream| stream.set_nonblocking(true))?;
    Ok(streams)
}

async fn finish(mut connections: Connections<impl Application>) {
    if timeout(QUIET, connections.ended()).await.is_err() {
        connections.close_when_idle();
        connections.ended().await;
    }
}
