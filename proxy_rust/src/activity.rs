//! When a connection last carried anything.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncRead;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep, sleep_until};

const LINGER: Duration = Duration::from_secs(2);

/// The moment of the last byte, either way.
#[derive(Clone)]
pub struct Activity {
    start: Instant,
    last: Arc<AtomicU64>,
}

impl Activity {
    pub fn new() -> Self {
        Self { start: Instant::now(), last: Arc::default() }
    }

    /// Counts as if something had been carried now.
    pub fn touch(&self) {
        let nanoseconds = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.last.store(nanoseconds, Ordering::Relaxed);
    }

    /// For how long nothing has been carried.
    pub fn silent(&self) -> Duration {
        self.start.elapsed().saturating_sub(Duration::from_nanos(self.last.load(Ordering::Relaxed)))
    }

    /// Returns once nothing has been carried for `limit`, which is asked for anew after each wait.
    pub async fn quiet(&self, limit: impl Fn() -> Duration) {
        loop {
            let last = self.start + Duration::from_nanos(self.last.load(Ordering::Relaxed));
            let due = last + limit();
            if due <= Instant::now() {
                return;
            }
            sleep_until(due).await;
        }
    }
}

/// A connection whose activity is kept.
pub struct Watched {
    stream: TokioIo<TcpStream>,
    activity: Activity,
    end: End,
}

/// What happens to what still comes once this end is closed.
enum End {
    /// The kernel answers it with a reset.
    Abrupt,
    /// It is read for a while and thrown away.
    Lingering,
    Until(Pin<Box<Sleep>>),
}

impl Watched {
    pub fn new(stream: TcpStream) -> Self {
        // Each answer is whole when it is written, so there is nothing to wait for.
        let _ = stream.set_nodelay(true);
        Self { stream: TokioIo::new(stream), activity: Activity::new(), end: End::Abrupt }
    }

    /// The same, for who answers: when it closes before it has read everything, the kernel resets the connection, and the
    /// other end loses an answer that is on its way. So what still comes is read for a while.
    pub fn answering(stream: TcpStream) -> Self {
        Self { end: End::Lingering, ..Self::new(stream) }
    }

    pub fn activity(&self) -> Activity {
        self.activity.clone()
    }

    /// Reads until the other end closes as well, or the time is over.
    fn discard(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut scratch = [0; 8192];
        loop {
            let mut buffer = tokio::io::ReadBuf::new(&mut scratch);
            match Pin::new(self.stream.inner_mut()).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {}
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => break,
            }
        }
        match &mut self.end {
            End::Until(over) => over.as_mut().poll(context).map(Ok),
            _ => Poll::Ready(Ok(())),
        }
    }

    fn told<T>(&self, progress: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            self.activity.touch();
        }
        progress
    }
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.told(progress)
    }
}

impl Write for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.told(progress)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.told(progress)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let End::Until(_) = self.end {
            return self.discard(context);
        }
        ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
        if matches!(self.end, End::Abrupt) {
            return Poll::Ready(Ok(()));
        }
        self.end = End::Until(Box::pin(sleep(LINGER)));
        self.discard(context)
    }
}
