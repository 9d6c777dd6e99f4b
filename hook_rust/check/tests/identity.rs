//! Only the revision under deployment may answer.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use check::{BaseUrl, FailureKind, Identity, Plan, Verdict, check_routes, parse};
use support::{Reply, Server};
use tokio::sync::oneshot;

const LIST: &str = r#"[{"path": "/one"}, {"path": "/two"}]"#;

fn expected() -> Identity {
    Identity::Expected("api:5".to_owned())
}

async fn check<F>(server: &Server, identity: F, budget_ms: u64) -> Verdict
where
    F: Future<Output = Identity> + Send + 'static,
{
    let base = BaseUrl::parse(&server.url()).unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_millis(budget_ms);
    check_routes(Plan { base, checks: parse(LIST).unwrap(), deadline }, identity).await
}

fn answering(revision: &'static str) -> Server {
    Server::start(move |_| Reply::status(200).header("x-task-definition", revision))
}

#[tokio::test]
async fn the_revision_under_deployment_passes() {
    let verdict = check(&answering("api:5"), async { expected() }, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert_eq!(verdict.routes[0].task_definition.as_deref(), Some("api:5"));
}

#[tokio::test]
async fn another_revision_fails_and_both_are_named() {
    let verdict = check(&answering("api:3"), async { expected() }, 100).await;
    assert_eq!(verdict.reason, "/one, /two: answered by api:3, but api:5 is under deployment");
    assert_eq!(verdict.routes[1].reason, "/two: answered by api:3, but api:5 is under deployment");
    assert_eq!(verdict.routes[1].failure, Some(FailureKind::IdentityMismatch));
}

#[tokio::test]
async fn a_revision_that_only_begins_alike_is_another() {
    for revision in ["api:55", "api:5 ", "API:5", "api:5, api:3"] {
        let verdict = check(&answering(revision), async { expected() }, 60).await;
        assert_eq!(verdict.passed, revision.trim() == "api:5", "{revision:?}");
    }
}

#[tokio::test]
async fn an_answer_without_the_header_proves_nothing() {
    let server = Server::start(|_| Reply::status(200));
    let verdict = check(&server, async { expected() }, 60).await;
    assert!(
        verdict.reason.contains("no x-task-definition header, but api:5 is under deployment"),
        "{}",
        verdict.reason
    );
    assert_eq!(verdict.routes[0].failure, Some(FailureKind::IdentityMissing));
}

#[tokio::test]
async fn two_headers_prove_nothing_even_when_one_is_right() {
    let server =
        Server::start(|_| Reply::status(200).header("x-task-definition", "api:5").header("x-task-definition", "api:3"));
    let verdict = check(&server, async { expected() }, 60).await;
    assert!(verdict.reason.contains("2 x-task-definition headers (api:5, api:3)"), "{}", verdict.reason);
}

#[tokio::test]
async fn a_listener_that_has_not_spread_yet_is_asked_again() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| {
        let revision = if asked.fetch_add(1, Ordering::SeqCst) < 4 { "api:3" } else { "api:5" };
        Reply::status(200).header("x-task-definition", revision)
    });
    let verdict = check(&server, async { expected() }, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
}

#[tokio::test]
async fn another_revision_is_the_reason_whatever_it_answers() {
    let server = Server::start(|_| Reply::status(500).header("x-task-definition", "api:3"));
    let verdict = check(&server, async { expected() }, 300).await;
    assert_eq!(verdict.reason, "/one, /two: answered by api:3, but api:5 is under deployment");
}

#[tokio::test]
async fn the_load_balancers_own_error_is_the_reason_and_not_its_missing_header() {
    let server = Server::start(|_| Reply::status(503));
    let verdict = check(&server, async { expected() }, 300).await;
    assert_eq!(verdict.reason, "/one, /two: expected status 200, got status 503");
}

#[tokio::test]
async fn an_unknown_revision_ends_a_failing_route_as_well() {
    let server = Server::start(|_| Reply::status(500));
    let unknown = async { Identity::Unknown("no AppSpec".to_owned()) };
    let verdict = check(&server, unknown, 60_000).await;
    assert_eq!(verdict.reason, "/one, /two: no AppSpec");
}

#[tokio::test]
async fn routes_are_asked_before_it_is_known_who_must_answer() {
    let server = answering("api:5");
    let (tell, told) = oneshot::channel();
    let tell_once_asked = async {
        let mut asked = 0;
        while asked < 2 {
            asked += server.requests.try_iter().count();
            tokio::task::yield_now().await;
        }
        tell.send(expected()).unwrap();
    };
    let (verdict, ()) = tokio::join!(check(&server, async { told.await.unwrap() }, 5_000), tell_once_asked);
    assert!(verdict.passed, "{}", verdict.reason);
    assert!(verdict.routes.iter().all(|route| route.attempts == 6), "once, and five rounds to confirm");
}

#[tokio::test]
async fn a_look_up_that_does_not_end_fails_every_route() {
    let verdict = check(&answering("api:5"), std::future::pending(), 100).await;
    assert!(verdict.reason.contains("was not known before the budget ended"), "{}", verdict.reason);
}

#[tokio::test]
async fn an_unknown_revision_fails_at_once_with_its_reason() {
    let unknown = async { Identity::Unknown("no AppSpec".to_owned()) };
    let verdict = check(&answering("api:5"), unknown, 60_000).await;
    assert_eq!(verdict.reason, "/one, /two: no AppSpec");
    assert_eq!(verdict.routes[0].failure, Some(FailureKind::IdentityUnknown));
}

#[tokio::test]
async fn a_look_up_that_panics_fails_every_route() {
    let verdict = check(&answering("api:5"), async { panic!("a bug") }, 60_000).await;
    assert!(verdict.reason.contains("the look-up of the revision under deployment broke off"), "{}", verdict.reason);
}
