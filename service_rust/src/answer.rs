use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// An answer whose body is written once, not for every request.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: StatusCode,
    body: Bytes,
}

impl Answer {
    pub fn new(status: StatusCode, body: &Value) -> Self {
        Self { status, body: Bytes::from(body.to_string()) }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        (self.status, [(header::CONTENT_TYPE, JSON)], self.body).into_response()
    }
}
