//! One good answer proves nothing while others come from elsewhere.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use check::{BaseUrl, FailureKind, Identity, Plan, Verdict, check_routes, parse};
use support::{Reply, Server};

const LIST: &str = r#"[{"path": "/one"}, {"path": "/two"}]"#;

async fn check(server: &Server, budget_ms: u64) -> Verdict {
    let base = BaseUrl::parse(&server.url()).unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_millis(budget_ms);
    let expected = async { Identity::Expected("api:5".to_owned()) };
    check_routes(Plan { base, checks: parse(LIST).unwrap(), deadline }, expected).await
}

/// Gives the revision that `turn` names for the n-th request.
fn in_turn(turn: impl Fn(usize) -> &'static str + Send + Sync + 'static) -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |_| Reply::status(200).header("x-task-definition", turn(asked.fetch_add(1, Ordering::SeqCst))))
}

#[tokio::test]
async fn a_listener_that_answers_one_time_in_ten_from_the_new_revision_fails() {
    let verdict = check(&in_turn(|n| if n % 10 == 9 { "api:5" } else { "api:3" }), 3_000).await;
    assert!(!verdict.passed);
    let reason = "answers came from api:3 and api:5 in turn, but api:5 is under deployment";
    assert!(verdict.reason.contains(reason), "{}", verdict.reason);
    assert!(verdict.routes.iter().any(|route| route.failure == Some(FailureKind::IdentityMismatch)));
}

#[tokio::test]
async fn a_listener_that_still_answers_at_times_from_the_live_revision_fails() {
    for every in [2, 5, 7] {
        let verdict = check(&in_turn(move |n| if n % every == every - 1 { "api:3" } else { "api:5" }), 1_500).await;
        let reason = "answers came from api:3 and api:5 in turn, but api:5 is under deployment";
        assert!(verdict.reason.contains(reason), "one in {every}: {:?}", verdict.reason);
    }
}

#[tokio::test]
async fn a_listener_that_settles_while_it_is_asked_again_passes() {
    let verdict = check(&in_turn(|n| if n < 20 && n % 4 == 3 { "api:3" } else { "api:5" }), 10_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert!(verdict.routes.iter().all(|route| route.attempts > 10));
}

#[tokio::test]
async fn an_answer_without_identity_in_between_is_no_answer_of_the_revision() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) % 5 {
        4 => Reply::status(200),
        _ => Reply::status(200).header("x-task-definition", "api:5"),
    });
    let verdict = check(&server, 1_000).await;
    assert!(verdict.reason.contains("answers came from an unnamed revision and api:5 in turn"), "{}", verdict.reason);
}

#[tokio::test]
async fn a_route_that_breaks_when_it_is_asked_again_is_repeated_until_it_holds() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let status = if asked.fetch_add(1, Ordering::SeqCst) == 3 { 500 } else { 200 };
        Reply::status(status).header("x-task-definition", "api:5")
    });
    let verdict = check(&server, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert!(verdict.routes.iter().map(|route| route.attempts).sum::<u32>() >= 2 + 2 + 1 + 5 * 2);
}

#[tokio::test]
async fn answers_that_the_budget_leaves_unconfirmed_fail() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 | 1 => Reply::status(200).header("x-task-definition", "api:5"),
        _ => Reply::Hang,
    });
    let verdict = check(&server, 300).await;
    assert_eq!(verdict.reason, "/one, /two: passed, but the budget ended before it was confirmed");
    assert_eq!(verdict.routes[0].failure, Some(FailureKind::Budget));
}
