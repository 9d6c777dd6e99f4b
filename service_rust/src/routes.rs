//! What every path answers.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::json;

use crate::answer::Answer;

/// What answers each path.
pub type Routes = BTreeMap<String, Answer>;

/// The article's paths, each with the name that it answers with.
const NAMED: [(&str, &str); 4] =
    [("/", "route_root"), ("/one", "route_one"), ("/two", "route_two"), ("/three", "route_three")];
const ERROR: &str = "/error";

/// The article's routes and the health check at `health`, `color` being the word that tells the two versions apart.
#[must_use]
pub fn all(color: &str, health: &str) -> Routes {
    let keyed = |name: &str| Answer::new(StatusCode::OK, &json!({"key": format!("{name} from {color}")}));
    let mut routes: Routes = NAMED.map(|(path, name)| (path.to_owned(), keyed(name))).into();
    routes.insert(ERROR.to_owned(), failing());
    routes.insert(health.to_owned(), Answer::new(StatusCode::OK, &json!({"status": "ok"})));
    routes
}

/// Whether the article has given `path` a meaning.
pub(crate) fn taken(path: &str) -> bool {
    path == ERROR || NAMED.iter().any(|(named, _)| *named == path)
}

/// Answers 500, for rehearsing a bad release.
#[must_use]
pub fn failing() -> Answer {
    Answer::new(StatusCode::INTERNAL_SERVER_ERROR, &json!({"error": "internal server error"}))
}
