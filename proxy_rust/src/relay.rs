//! Bodies on their way.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

use crate::target::Lease;

/// What a client sends. `done` says whether all of it has come.
pub struct Upload {
    body: Incoming,
    done: Rc<Cell<bool>>,
}

impl Upload {
    pub fn new(body: Incoming) -> Self {
        let done = Rc::new(Cell::new(body.is_end_stream()));
        Self { body, done }
    }

    pub fn done(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.done)
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if matches!(frame, Poll::Ready(None)) || self.body.is_end_stream() {
            self.done.set(true);
        }
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
                if matches!(frame, Poll::Ready(None)) || body.is_end_stream() {
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

fn give_back(lease: &mut Option<Lease>) {
    if let Some(lease) = lease.take() {
        lease.give_back();
    }
}
