use std::future::ready;

use axum::Router;
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse;
use serde_json::json;
use tower::Layer;
use tower_http::trace::TraceLayer;
use tracing::Level;

use crate::answer::Answer;
use crate::connection::Application;
use crate::routes::Routes;

/// The whole application. Every answer, also an error, carries the identity when there is one.
///
/// The identity stands around the router, not in it: there axum would box every route once more.
pub fn app(routes: Routes, identity: Option<HeaderValue>) -> impl Application {
    task_identity::layer(identity).layer(traced(router(routes)))
}

fn router(routes: Routes) -> Router {
    let not_found = Answer::new(StatusCode::NOT_FOUND, &json!({"error": "not found"}));
    let wrong_method = Answer::new(StatusCode::METHOD_NOT_ALLOWED, &json!({"error": "method not allowed"}));
    routes
        .into_iter()
        .fold(Router::new(), |router, (path, route)| router.route(&path, route))
        .fallback_service(not_found)
        .method_not_allowed_fallback(move || ready((&wrong_method).into_response()))
        // Once, not for every request.
        .with_state(())
}

/// Request tracing costs a sixth of a request, so it is there only when the log level shows it.
fn traced(router: Router) -> Router {
    if tracing::enabled!(target: "tower_http", Level::DEBUG) {
        router.layer(TraceLayer::new_for_http())
    } else {
        router
    }
}
