//! Whatever comes in place of an answer is a failed route, in time and in words.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::{Duration, Instant};

use check::{BaseUrl, Identity, Plan, check_routes, parse};
use support::{Reply, Server};

const BUDGET: Duration = Duration::from_millis(300);

/// The reason for which the one route under `url` fails.
async fn reason(url: &str) -> String {
    let (base, deadline) = (BaseUrl::parse(url).unwrap(), tokio::time::Instant::now() + BUDGET);
    let (started, checks) = (Instant::now(), parse(r#"[{"path": "/"}]"#).unwrap());
    let verdict = check_routes(Plan { base, checks, deadline }, async { Identity::NotAsked }).await;
    assert!(started.elapsed() < 3 * BUDGET, "{:?}", started.elapsed());
    assert!(!verdict.passed);
    verdict.reason
}

async fn reason_for(reply: impl Fn() -> Reply + Send + Sync + 'static) -> String {
    reason(&Server::start(move |_| reply()).url()).await
}

#[tokio::test]
async fn half_a_body_and_then_silence_says_how_much_came() {
    let half = || Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf!".to_vec());
    let reason = reason_for(half).await;
    assert!(reason.starts_with("/: expected status 200, got status 200, but no end of the body within"), "{reason}");
    assert!(reason.ends_with("(5 bytes came)"), "{reason}");
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_says_so() {
    let server = Server::start(|_| Reply::Close);
    let reason = reason(&server.url()).await;
    assert!(reason.contains("no whole answer: connection closed before message completed"), "{reason}");
}

#[tokio::test]
async fn half_a_head_and_then_silence_is_no_answer() {
    let reason = reason_for(|| Reply::Raw(b"HTTP/1.1 200 OK\r\nx-half".to_vec())).await;
    assert!(reason.contains("no answer within"), "{reason}");
}

#[tokio::test]
async fn what_is_no_http_says_so() {
    let reason = reason_for(|| Reply::Raw(b"220 mail.example ESMTP\r\n".to_vec())).await;
    assert!(reason.contains("no HTTP answer: "), "{reason}");
}

#[tokio::test]
async fn a_head_without_end_is_cut_off() {
    let reason = reason_for(|| Reply::Raw(format!("HTTP/1.1 200 OK\r\n{}", "a: b\r\n".repeat(200_000)).into())).await;
    assert!(reason.contains("no HTTP answer: "), "{reason}");
}

#[tokio::test]
async fn a_name_without_address_says_so() {
    let reason = reason("http://no-such-host.invalid:8080").await;
    assert!(reason.contains("no address of"), "{reason}");
}
