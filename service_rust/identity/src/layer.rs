use hyper::header::{HeaderName, HeaderValue};
use tower_http::set_header::SetResponseHeaderLayer;

/// Header that names the task definition which answers, `<family>:<revision>`.
pub const IDENTITY_HEADER: &str = "x-task-definition";

/// Sets [`IDENTITY_HEADER`] on every answer of the service behind it, whatever that service set itself.
pub type IdentityLayer = SetResponseHeaderLayer<Option<HeaderValue>>;

/// The layer for what [`look_up`](crate::look_up) found. Without an identity it leaves answers as they are.
#[must_use]
pub fn layer(identity: Option<HeaderValue>) -> IdentityLayer {
    SetResponseHeaderLayer::overriding(HeaderName::from_static(IDENTITY_HEADER), identity)
}
