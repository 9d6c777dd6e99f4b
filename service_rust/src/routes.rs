//! What every path answers.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};
use serde_json::json;

use crate::answer::Answer;

/// What answers each path.
pub type Routes = BTreeMap<&'static str, MethodRouter>;

/// The article's routes, `color` being the word that tells the two versions apart.
#[must_use]
pub fn all(color: &str) -> Routes {
    let keyed = |route: &str| fixed(StatusCode::OK, &json!({"key": format!("{route} from {color}")}));
    BTreeMap::from([
        ("/", keyed("route_root")),
        ("/one", keyed("route_one")),
        ("/two", keyed("route_two")),
        ("/three", keyed("route_three")),
        ("/error", failing()),
        ("/health", fixed(StatusCode::OK, &json!({"status": "ok"}))),
    ])
}

/// Answers 500, for rehearsing a bad release.
pub fn failing() -> MethodRouter {
    fixed(StatusCode::INTERNAL_SERVER_ERROR, &json!({"error": "internal server error"}))
}

fn fixed(status: StatusCode, body: &serde_json::Value) -> MethodRouter {
    let answer = Answer::new(status, body);
    get(move || std::future::ready(answer.clone()))
}
