//! In front of somebody else's axum application.
#![allow(clippy::unwrap_used, clippy::panic)]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use axum::routing::get;
use task_identity::{IDENTITY_HEADER, layer};
use tower::ServiceExt;

fn application(identity: Option<&'static str>) -> Router {
    let forged = get(|| async { [(IDENTITY_HEADER, "forged:1")] });
    Router::new()
        .route("/plain", get(|| async { "hello" }))
        .route("/forged", forged)
        .layer(layer(identity.map(HeaderValue::from_static)))
}

async fn names(identity: Option<&'static str>, path: &str) -> Vec<String> {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = application(identity).oneshot(request).await.unwrap();
    let names = response.headers().get_all(IDENTITY_HEADER);
    names.iter().map(|name| name.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_answer_names_the_task_definition_once() {
    for path in ["/plain", "/missing"] {
        assert_eq!(names(Some("api:7"), path).await, ["api:7"], "{path}");
    }
}

#[tokio::test]
async fn what_the_service_says_of_itself_does_not_count() {
    assert_eq!(names(Some("api:7"), "/forged").await, ["api:7"]);
}

#[tokio::test]
async fn without_an_identity_answers_stay_as_they_are() {
    assert!(names(None, "/plain").await.is_empty());
}
