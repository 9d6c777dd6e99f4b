use std::future::ready;

use axum::Router;
use axum::http::HeaderValue;
use tower::Layer;
use tower_http::trace::TraceLayer;
use tracing::Level;

use crate::answer::NOT_FOUND;
use crate::connection::Application;
use crate::routes::Routes;

/// The whole application. Every answer, also an error, carries the identity when there is one.
///
/// The identity stands around the router, not in it: there axum would box every route once more.
pub fn app(routes: Routes, identity: Option<HeaderValue>) -> impl Application {
    task_identity::layer(identity).layer(traced(router(routes)))
}

fn router(routes: Routes) -> Router {
    routes
        .into_iter()
        .fold(Router::new(), |router, (path, answer)| router.route_service(&path, answer))
        .fallback(|| ready(NOT_FOUND))
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
