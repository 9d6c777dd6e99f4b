use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};

use crate::base_url::BaseUrl;
use crate::progress::{Progress, Stage};

/// A way to the host, encrypted or not.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Connects to the host, and shakes hands when the URL says https.
///
/// # Errors
/// What did not come about and why, in words.
pub(crate) async fn connect(base: &BaseUrl, progress: &Progress) -> Result<Box<dyn Stream>, String> {
    let host = base.resolvable_host();
    let addresses = lookup_host((host, base.port)).await;
    let addresses: Vec<_> = addresses.map_err(|error| format!("no address of {host}: {error}"))?.collect();
    progress.reach(Stage::Connecting);
    let stream = TcpStream::connect(addresses.as_slice()).await;
    let stream = stream.map_err(|error| format!("no connection: {error}"))?;
    let Some(tls) = &base.tls else { return Ok(Box::new(stream)) };
    progress.reach(Stage::ShakingHands);
    let stream = tls.shake_hands(host, stream).await.map_err(|why| format!("no TLS handshake: {why}"))?;
    Ok(Box::new(stream))
}
