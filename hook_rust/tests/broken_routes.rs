//! Whatever a route does in place of answering as it should, CodeDeploy is told Failed in time, and why.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use support::tls::TlsServer;
use support::{Outcome, Reply, Stage};

const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");
/// Time until Lambda kills the function, in milliseconds.
const LIMIT: u64 = 1_200;

fn live(status: u16) -> Reply {
    Reply::status(status).header("x-task-definition", "rust-blue-green:5")
}

/// How the verdict comes out on routes that all reply so to this list.
fn judged(checks: &str, reply: impl Fn() -> Reply + Send + Sync + 'static) -> Outcome {
    Stage::new().limit(LIMIT).variable("CHECKS", Some(checks)).routes(move |_| reply()).run()
}

fn assert_failed(outcome: &Outcome, reason: &str) {
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().contains(reason), "{}", outcome.reason());
}

#[test]
fn a_wrong_body_fails() {
    let list = r#"[{"path": "/one", "body": {"pointer": "/key", "equals": "route_one from Green"}}]"#;
    let outcome = judged(list, || live(200).body(r#"{"key": "route_one from Blue"}"#));
    assert_failed(&outcome, r#"expected a JSON body with "route_one from Green" at "/key", got "route_one from Blue""#);
}

#[test]
fn a_wrong_header_fails() {
    let list = r#"[{"path": "/one", "header": {"name": "content-type", "contains": "json"}}]"#;
    let outcome = judged(list, || live(200).header("content-type", "text/html"));
    assert_failed(&outcome, r#"expected header content-type containing "json", got "text/html""#);
}

#[test]
fn an_answer_later_than_its_limit_fails() {
    let outcome = judged(r#"[{"path": "/one", "timeout_ms": 100}]"#, || {
        sleep(Duration::from_millis(200));
        live(200)
    });
    assert_failed(&outcome, "/one: expected status 200, got no answer within 100 ms");
}

#[test]
fn half_a_body_and_then_silence_fails() {
    let half = b"HTTP/1.1 200 X\r\nx-task-definition: rust-blue-green:5\r\ncontent-length: 10\r\n\r\nhalf!";
    let outcome = judged(r#"[{"path": "/one", "timeout_ms": 100}]"#, || Reply::Raw(half.to_vec()));
    assert_failed(&outcome, "got status 200, but no end of the body within 100 ms (5 bytes came)");
}

#[test]
fn an_endless_body_that_is_judged_fails() {
    let outcome = judged(r#"[{"path": "/one", "body": {"contains": "b"}}]"#, || Reply::Endless);
    assert_failed(&outcome, "expected a body of at most 65536 bytes, got a body longer than 65536 bytes");
    assert!(outcome.peak_rss < 40_000, "{} kB", outcome.peak_rss);
}

#[test]
fn an_endless_body_that_no_check_looks_at_is_not_waited_for() {
    let outcome = Stage::new().routes(|_| Reply::Endless).run();
    assert_eq!(outcome.status_at_once(), "Succeeded");
    assert!(outcome.peak_rss < 40_000, "{} kB", outcome.peak_rss);
}

#[test]
fn a_connection_closed_without_an_answer_fails() {
    assert_failed(&judged(r#"[{"path": "/one"}]"#, || Reply::Close), "no whole answer: connection closed");
}

#[test]
fn a_redirect_fails_and_is_not_followed() {
    let outcome = judged(r#"[{"path": "/one"}]"#, || live(302).header("location", "/two"));
    assert_failed(&outcome, "/one: expected status 200, got status 302");
}

#[test]
fn a_name_without_address_fails() {
    let stage = Stage::new().limit(LIMIT).variable("ALB_URL", Some("http://no-such-host.invalid:8080"));
    assert_failed(&stage.run(), "no address of");
}

#[test]
fn a_tls_port_asked_in_plain_http_fails() {
    let server = TlsServer::start("localhost", FOLDER);
    let outcome = Stage::new().limit(LIMIT).variable("ALB_URL", Some(&server.url("http", "127.0.0.1"))).run();
    assert_failed(&outcome, "no HTTP answer: ");
    assert_failed(&outcome, "(a TLS port?)");
}

/// A release through an https listener at `host`, trusting the authority of `trusted`.
fn over_tls(server: &TlsServer, host: &str, trusted: &TlsServer) -> Outcome {
    let stage = Stage::new().limit(LIMIT).variable("ALB_URL", Some(&server.url("https", host)));
    stage.variable("ALB_CA_FILE", trusted.authority.to_str()).run()
}

#[test]
fn a_plain_port_asked_over_tls_fails() {
    let (plain, trusted) = (support::Server::start(|_| Reply::Close), TlsServer::start("localhost", FOLDER));
    let url = plain.url().replace("http:", "https:");
    let stage = Stage::new().limit(LIMIT).variable("ALB_URL", Some(&url));
    assert_failed(&stage.variable("ALB_CA_FILE", trusted.authority.to_str()).run(), "no TLS handshake: ");
}

#[test]
fn an_https_listener_with_a_trusted_certificate_succeeds() {
    let server = TlsServer::start("localhost", FOLDER);
    assert_eq!(over_tls(&server, "localhost", &server).status(), "Succeeded");
}

#[test]
fn a_certificate_that_nobody_trusted_signed_fails() {
    let (server, other) = (TlsServer::start("localhost", FOLDER), TlsServer::start("localhost", FOLDER));
    assert_failed(&over_tls(&server, "localhost", &other), "the certificate comes from no authority");
}

#[test]
fn a_certificate_for_another_name_fails() {
    let server = TlsServer::start("alb.internal", FOLDER);
    let outcome = over_tls(&server, "localhost", &server);
    assert_failed(&outcome, "certificate not valid for name \"localhost\"");
    assert_failed(&outcome, "alb.internal");
}

#[test]
fn answers_of_both_revisions_in_turn_fail_and_name_both() {
    let asked = AtomicUsize::new(0);
    let outcome = judged(r#"[{"path": "/one"}]"#, move || {
        let revision = asked.fetch_add(1, Ordering::SeqCst) % 2 * 2 + 3;
        Reply::status(200).header("x-task-definition", &format!("rust-blue-green:{revision}"))
    });
    assert_failed(&outcome, "answers came from rust-blue-green:3 and rust-blue-green:5 in turn");
}
