use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tower::Service;

/// An answer that is written once, not for every request.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: StatusCode,
    length: HeaderValue,
    body: Bytes,
}

/// Room for the two headers of an answer and those of the layers around it: a map that grows costs a thousand
/// instructions.
const HEADERS: usize = 6;

impl Answer {
    pub fn new(status: StatusCode, body: &Value) -> Self {
        let body = Bytes::from(body.to_string());
        Self { status, length: HeaderValue::from(body.len()), body }
    }
}

impl IntoResponse for &Answer {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::with_capacity(HEADERS);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CONTENT_LENGTH, self.length.clone());
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = headers;
        response
    }
}

/// A service of its own, not a handler: axum boxes the futures of handlers, one more allocation for each request.
impl Service<Request<Body>> for Answer {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Ok((&*self).into_response()))
    }
}
