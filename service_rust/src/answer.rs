use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tower::Service;

/// What a path answers to everybody who asks by GET or HEAD: written once, for as long as the process lives.
///
/// A service of its own for every method: with each request a handler boxes one future more, and a method router looks
/// for a length once more.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    status: StatusCode,
    body: &'static str,
}

pub(crate) const NOT_FOUND: Answer = Answer { status: StatusCode::NOT_FOUND, body: r#"{"error":"not found"}"# };
const WRONG_METHOD: Answer =
    Answer { status: StatusCode::METHOD_NOT_ALLOWED, body: r#"{"error":"method not allowed"}"# };

/// Room for the two headers of an answer and those of the layers around it: a map that grows costs a thousand
/// instructions.
const HEADERS: usize = 6;

impl Answer {
    /// The answer with a body that is kept until the process ends.
    #[must_use]
    pub fn new(status: StatusCode, body: &Value) -> Self {
        Self { status, body: body.to_string().leak() }
    }

    /// With its length, which hyper writes down by itself where the body goes along.
    fn without_body(self) -> Response {
        let mut response = self.into_response();
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(self.body.len()));
        *response.body_mut() = Body::empty();
        response
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::with_capacity(HEADERS);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = headers;
        response
    }
}

impl Service<Request<Body>> for Answer {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        ready(Ok(match *request.method() {
            Method::GET => self.into_response(),
            Method::HEAD => self.without_body(),
            _ => ([(header::ALLOW, "GET,HEAD")], WRONG_METHOD).into_response(),
        }))
    }
}
