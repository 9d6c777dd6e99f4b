//! Routes against real local servers.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use check::{BaseUrl, FailureKind, Identity, Plan, Verdict, check_routes, parse};
use support::{Reply, Server};

async fn check(server: &Server, list: &str, budget_ms: u64) -> Verdict {
    let base = BaseUrl::parse(&server.url()).unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_millis(budget_ms);
    check_routes(Plan { base, checks: parse(list).unwrap(), deadline }, async { Identity::NotAsked }).await
}

#[tokio::test]
async fn routes_that_answer_as_expected_pass() {
    let server = Server::start(|request| {
        let color = format!(r#"{{"key": "route{} from Blue"}}"#, request.path.replace('/', "_"));
        Reply::status(200).header("content-type", "application/json").body(&color)
    });
    let list = r#"[
        {"path": "/one", "body": {"pointer": "/key", "equals": "route_one from Blue"}},
        {"path": "/two", "body": {"contains": "from Blue"}, "header": {"name": "Content-Type", "equals": "application/json"}},
        {"path": "/three", "body": {"regex": "route_\\w+ from (Blue|Green)"}}
    ]"#;
    let verdict = check(&server, list, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert_eq!(verdict.reason, "");
    assert!(verdict.routes.iter().all(|route| route.passed && route.attempts == 6));
}

#[tokio::test]
async fn each_expectation_that_fails_says_what_came() {
    let server = Server::start(|_| Reply::status(200).header("x-color", "green").body(r#"{"key": 1}"#));
    for (check_fields, reason) in [
        (r#""status": 201"#, "/: expected status 201, got status 200"),
        (r#""body": {"pointer": "/key", "equals": 2}"#, r#"/: expected a JSON body with 2 at "/key", got 1"#),
        (r#""body": {"pointer": "/no", "equals": 2}"#, r#"/: expected a JSON body with 2 at "/no", got nothing there"#),
        (r#""body": {"contains": "blue"}"#, r#"/: expected a body containing "blue", got"#),
        (
            r#""header": {"name": "x-color", "equals": "blue"}"#,
            r#"/: expected header x-color equal to "blue", got "green""#,
        ),
        (r#""header": {"name": "etag", "equals": "1"}"#, r#"/: expected header etag equal to "1", got no such header"#),
    ] {
        let verdict = check(&server, &format!(r#"[{{"path": "/", {check_fields}}}]"#), 60).await;
        assert!(verdict.reason.starts_with(reason), "{}", verdict.reason);
        assert_eq!(verdict.routes[0].failure, Some(FailureKind::Answer));
    }
}

#[tokio::test]
async fn a_route_that_recovers_within_the_budget_passes() {
    let asked = AtomicUsize::new(0);
    let server =
        Server::start(move |_| Reply::status(if asked.fetch_add(1, Ordering::SeqCst) < 2 { 503 } else { 200 }));
    let verdict = check(&server, r#"[{"path": "/"}]"#, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert_eq!(verdict.routes[0].attempts, 3 + 5);
}

#[tokio::test]
async fn every_attempt_has_a_connection_of_its_own() {
    let server = Server::start(|_| Reply::status(503));
    check(&server, r#"[{"path": "/"}]"#, 200).await;
    let requests: Vec<_> = server.requests.try_iter().collect();
    assert!(requests.len() > 1);
    assert!(requests.iter().all(|request| request.header("connection") == Some("close")));
}

#[tokio::test]
async fn routes_are_checked_at_once() {
    let server = Server::start(|_| Reply::Hang);
    let list = r#"[{"path": "/one"}, {"path": "/two"}, {"path": "/three"}]"#;
    let started = Instant::now();
    let verdict = check(&server, list, 300).await;
    assert!(started.elapsed() < Duration::from_millis(600));
    // Of what is left of the budget, each may have a millisecond more or less, and reasons that differ are not shared.
    for route in &verdict.routes {
        let told = format!("{}: expected status 200, got no answer within", route.path);
        assert!(!route.passed && route.reason.starts_with(&told), "{}", route.reason);
    }
    assert!(verdict.reason.starts_with("/one"), "{}", verdict.reason);
    assert!(["/two", "/three"].iter().all(|path| verdict.reason.contains(path)), "{}", verdict.reason);
}

#[tokio::test]
async fn routes_that_are_always_slow_take_hardly_longer_than_one_answer() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(500));
        Reply::status(200)
    });
    let list = r#"[{"path": "/one"}, {"path": "/two"}, {"path": "/three"}]"#;
    let verdict = check(&server, list, 10_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert!(verdict.routes.iter().all(|route| route.attempts == 6));
    assert!(verdict.duration < Duration::from_millis(800), "{:?}", verdict.duration);
}

#[tokio::test]
async fn an_attempt_ends_at_its_own_limit_and_is_repeated() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::Hang,
        _ => Reply::status(200),
    });
    let verdict = check(&server, r#"[{"path": "/", "timeout_ms": 50}]"#, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert!(verdict.routes[0].attempts >= 2 + 5);
}

#[tokio::test]
async fn an_attempt_that_the_budget_cuts_off_leaves_the_failure_before_it() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::status(500),
        _ => Reply::Hang,
    });
    let verdict = check(&server, r#"[{"path": "/"}]"#, 300).await;
    assert_eq!(verdict.reason, "/: expected status 200, got status 500");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::start(|_| Reply::status(302).header("location", "/elsewhere"));
    let verdict = check(&server, r#"[{"path": "/"}]"#, 60).await;
    assert_eq!(verdict.reason, "/: expected status 200, got status 302");
    assert!(server.requests.try_iter().all(|request| request.path == "/"));
}

#[tokio::test]
async fn a_body_beyond_the_bound_is_not_judged_as_if_it_were_whole() {
    let server = Server::start(|_| Reply::status(200).body(&"a".repeat(70_000)));
    let judged = check(&server, r#"[{"path": "/", "body": {"contains": "a"}}]"#, 60).await;
    assert!(judged.reason.contains("got a body longer than 65536 bytes"), "{}", judged.reason);
    assert!(check(&server, r#"[{"path": "/"}]"#, 1_000).await.passed);
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_no_answer() {
    let mut server = Server::start(|_| Reply::status(200));
    server.address.set_port(1);
    let verdict = check(&server, r#"[{"path": "/"}]"#, 60).await;
    assert!(verdict.reason.contains("got no connection: Connection refused"), "{}", verdict.reason);
    assert_eq!(verdict.routes[0].failure, Some(FailureKind::NoAnswer));
}
