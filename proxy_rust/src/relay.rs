//! Bodies on their way.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use crate::target::Lease;

/// What a client sends, and how far that is.
pub struct Upload {
    body: Incoming,
    progress: Rc<Cell<Progress>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// More of it is there, and the target has not taken it yet.
    Moving,
    /// The client has not sent the next of it.
    Waiting,
    /// All of it was passed on.
    Done,
    /// The client has gone in the middle.
    Broken,
}

impl Upload {
    pub fn new(body: Incoming) -> Self {
        let progress = if body.is_end_stream() { Progress::Done } else { Progress::Moving };
        Self { body, progress: Rc::new(Cell::new(progress)) }
    }

    pub fn progress(&self) -> Rc<Cell<Progress>> {
        Rc::clone(&self.progress)
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.progress.set(match &frame {
            Poll::Ready(Some(Err(_))) => Progress::Broken,
            Poll::Ready(None) => Progress::Done,
            Poll::Ready(Some(Ok(_))) if self.body.is_end_stream() => Progress::Done,
            Poll::Ready(Some(Ok(_))) => Progress::Moving,
            Poll::Pending => Progress::Waiting,
        });
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// What a client gets: the proxy's own words, or what a target answers.
pub enum Reply {
    Own(Full<Bytes>),
    /// The lease ends with the body: only then can the connection carry another request.
    Relayed(Incoming, Option<Lease>),
}

impl Reply {
    pub fn own(body: impl Into<Bytes>) -> Self {
        Self::Own(Full::new(body.into()))
    }

    pub fn relayed(body: Incoming, lease: Lease) -> Self {
        let mut lease = Some(lease);
        if body.is_end_stream() {
            give_back(&mut lease);
        }
        Self::Relayed(body, lease)
    }
}

impl Body for Reply {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        match &mut *self {
            Self::Own(body) => Pin::new(body).poll_frame(context).map_err(|never| match never {}),
            Self::Relayed(body, lease) => {
                let frame = Pin::new(&mut *body).poll_frame(context);
                if is_last(&frame) || body.is_end_stream() {
                    give_back(lease);
                }
                frame
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Own(body) => body.is_end_stream(),
            Self::Relayed(body, _) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Own(body) => body.size_hint(),
            Self::Relayed(body, _) => body.size_hint(),
        }
    }
}

/// Nothing follows trailers.
fn is_last(frame: &Poll<Option<hyper::Result<Frame<Bytes>>>>) -> bool {
    match frame {
        Poll::Ready(None) => true,
        Poll::Ready(Some(Ok(frame))) => frame.is_trailers(),
        _ => false,
    }
}

fn give_back(lease: &mut Option<Lease>) {
    if let Some(lease) = lease.take() {
        lease.give_back();
    }
}
