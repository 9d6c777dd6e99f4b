//! What every path answers, in process.
#![allow(clippy::unwrap_used, clippy::panic)]

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use rust_api::{app, routes};
use serde_json::{Value, json};
use task_identity::IDENTITY_HEADER;
use tower::ServiceExt;

async fn ask(method: &str, path: &str) -> Response<Body> {
    let app = app(routes::all("Blue", "/health"), Some(HeaderValue::from_static("rust-blue-green:5")));
    app.oneshot(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await.unwrap()
}

async fn json_body(response: Response<Body>) -> Value {
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn each_route_says_its_name_and_the_color() {
    for (path, key) in [("/", "route_root"), ("/one", "route_one"), ("/two", "route_two"), ("/three", "route_three")] {
        let response = ask("GET", path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(json_body(response).await, json!({"key": format!("{key} from Blue")}));
    }
}

#[tokio::test]
async fn the_body_is_written_as_in_the_article() {
    let body = ask("GET", "/one").await.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, r#"{"key":"route_one from Blue"}"#);
}

#[tokio::test]
async fn head_tells_what_get_would_and_sends_no_body() {
    for (path, status) in [("/one", StatusCode::OK), ("/error", StatusCode::INTERNAL_SERVER_ERROR)] {
        let length = ask("GET", path).await.into_body().collect().await.unwrap().to_bytes().len();
        let response = ask("HEAD", path).await;
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
        assert_eq!(response.headers()[header::CONTENT_LENGTH], length.to_string().as_str());
        assert!(response.into_body().collect().await.unwrap().to_bytes().is_empty());
    }
}

#[tokio::test]
async fn health_is_fine() {
    assert_eq!(ask("GET", "/health").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn errors_are_json_too() {
    for (method, path, status) in [
        ("GET", "/error", StatusCode::INTERNAL_SERVER_ERROR),
        ("GET", "/four", StatusCode::NOT_FOUND),
        ("POST", "/one", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let response = ask(method, path).await;
        assert_eq!(response.status(), status);
        assert!(json_body(response).await["error"].is_string());
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_are_right() {
    assert_eq!(ask("DELETE", "/one").await.headers()[header::ALLOW], "GET,HEAD");
}

#[tokio::test]
async fn every_answer_names_the_task_definition() {
    for (method, path) in [("GET", "/one"), ("GET", "/health"), ("GET", "/error"), ("GET", "/four"), ("POST", "/one")] {
        let response = ask(method, path).await;
        let names: Vec<_> = response.headers().get_all(IDENTITY_HEADER).iter().collect();
        assert_eq!(names, ["rust-blue-green:5"], "{method} {path}");
    }
}

#[tokio::test]
async fn outside_ecs_no_answer_names_a_task_definition() {
    let app = app(routes::all("Green", "/health"), None);
    let response = app.oneshot(Request::get("/one").body(Body::empty()).unwrap()).await.unwrap();
    assert!(!response.headers().contains_key(IDENTITY_HEADER));
}
