//! Connections that become another protocol's, such as WebSocket's.

use std::time::Duration;

use hyper::header::{CONNECTION, HeaderValue, UPGRADE};
use hyper::http::request::Parts;
use hyper::upgrade::OnUpgrade;
use hyper::{HeaderMap, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;

use crate::activity::Activity;
use crate::forwarded::named_by_connection;

/// What a client wants its connection to become, and the end of it that is the client's.
pub struct Wish {
    protocol: HeaderValue,
    ours: OnUpgrade,
}

/// Takes the wish out of a request.
pub fn wish(head: &mut Parts) -> Option<Wish> {
    if !named_by_connection(&head.headers).iter().any(|word| word.eq_ignore_ascii_case("upgrade")) {
        return None;
    }
    let protocol = head.headers.get(UPGRADE)?.clone();
    Some(Wish { protocol, ours: head.extensions.remove::<OnUpgrade>()? })
}

/// Says what connection is wished for, or what it becomes.
pub fn tell(headers: &mut HeaderMap, protocol: &HeaderValue) {
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, protocol.clone());
}

impl Wish {
    pub fn protocol(&self) -> &HeaderValue {
        &self.protocol
    }

    /// Returns what carries bytes both ways, until both ends have closed or both are silent for `limit`; none when the target
    /// does not grant the wish.
    pub fn granted<B>(
        self,
        response: &mut Response<B>,
        activity: Activity,
        limit: Duration,
    ) -> Option<impl Future<Output = ()> + use<B>> {
        if response.status() != StatusCode::SWITCHING_PROTOCOLS {
            return None;
        }
        let theirs = response.extensions_mut().remove::<OnUpgrade>()?;
        let ours = self.ours;
        Some(async move {
            if let (Ok(ours), Ok(theirs)) = tokio::join!(ours, theirs) {
                let (mut ours, mut theirs) = (TokioIo::new(ours), TokioIo::new(theirs));
                tokio::select! {
                    _ = copy_bidirectional(&mut ours, &mut theirs) => {}
                    () = activity.quiet(|| limit) => {}
                }
            }
        })
    }
}
