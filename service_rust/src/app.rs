use std::future::ready;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use serde_json::json;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use tracing::Level;

use crate::answer::Answer;
use crate::identity::IDENTITY_HEADER;
use crate::routes::Routes;

/// The whole application. Every answer, also an error, carries the identity when there is one.
pub fn app(routes: Routes, identity: Option<HeaderValue>) -> Router {
    let not_found = Answer::new(StatusCode::NOT_FOUND, &json!({"error": "not found"}));
    let wrong_method = Answer::new(StatusCode::METHOD_NOT_ALLOWED, &json!({"error": "method not allowed"}));
    let router = routes
        .into_iter()
        .fold(Router::new(), |router, (path, route)| router.route(path, route))
        .fallback(move || ready(not_found.clone()))
        .method_not_allowed_fallback(move || ready(wrong_method.clone()));
    traced(router).layer(SetResponseHeaderLayer::overriding(HeaderName::from_static(IDENTITY_HEADER), identity))
}

/// Request tracing costs a sixth of a request, so it is there only when the log level shows it.
fn traced(router: Router) -> Router {
    if tracing::enabled!(target: "tower_http", Level::DEBUG) {
        router.layer(TraceLayer::new_for_http())
    } else {
        router
    }
}
