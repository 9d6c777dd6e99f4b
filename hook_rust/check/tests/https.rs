//! A URL that says https is asked over TLS, and its certificate is always verified.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;
#[path = "support/tls.rs"]
mod tls;

use std::path::Path;
use std::time::Duration;

use check::{BaseUrl, Identity, Plan, Verdict, check_routes, parse};
use support::{Reply, Server};
use tls::TlsServer;
use tokio::time::Instant;

const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

async fn check(base: BaseUrl, budget_ms: u64) -> Verdict {
    let deadline = Instant::now() + Duration::from_millis(budget_ms);
    let expected = async { Identity::Expected("rust-blue-green:5".to_owned()) };
    check_routes(Plan { base, checks: parse(r#"[{"path": "/one"}]"#).unwrap(), deadline }, expected).await
}

#[tokio::test]
async fn a_certificate_of_a_trusted_authority_passes() {
    let server = TlsServer::start("localhost", FOLDER);
    let base = BaseUrl::parse_trusting(&server.url("https", "localhost"), &server.authority).unwrap();
    assert_eq!(base.reach(Instant::now() + Duration::from_secs(5)).await, Ok(()));
    let verdict = check(base, 5_000).await;
    assert!(verdict.passed, "{}", verdict.reason);
    assert!(verdict.routes[0].url.starts_with("https://localhost:"), "{}", verdict.routes[0].url);
}

#[tokio::test]
async fn a_certificate_of_another_authority_fails() {
    let (server, other) = (TlsServer::start("localhost", FOLDER), TlsServer::start("localhost", FOLDER));
    let base = BaseUrl::parse_trusting(&server.url("https", "localhost"), &other.authority).unwrap();
    let unreached = base.reach(Instant::now() + Duration::from_secs(5)).await.unwrap_err();
    let reason = "no TLS handshake: the certificate comes from no authority that is trusted here";
    assert_eq!(unreached, reason);
    assert!(check(base, 100).await.reason.contains(reason));
}

#[tokio::test]
async fn a_certificate_for_another_name_fails() {
    let server = TlsServer::start("alb.internal", FOLDER);
    let base = BaseUrl::parse_trusting(&server.url("https", "localhost"), &server.authority).unwrap();
    let verdict = check(base, 100).await;
    assert!(verdict.reason.contains(r#"certificate not valid for name "localhost""#), "{}", verdict.reason);
}

#[tokio::test]
async fn a_plain_port_behind_https_says_so() {
    let (server, trusted) = (Server::start(|_| Reply::status(200)), TlsServer::start("localhost", FOLDER));
    let url = server.url().replace("http://127.0.0.1", "https://localhost");
    let verdict = check(BaseUrl::parse_trusting(&url, &trusted.authority).unwrap(), 300).await;
    assert!(!verdict.passed);
    assert!(verdict.reason.contains("no TLS handshake"), "{}", verdict.reason);
}

#[tokio::test]
async fn a_plain_answer_to_a_handshake_says_so() {
    let (server, trusted) = (plain_answerer(), TlsServer::start("localhost", FOLDER));
    let url = format!("https://localhost:{server}");
    let verdict = check(BaseUrl::parse_trusting(&url, &trusted.authority).unwrap(), 300).await;
    let reason = "no TLS handshake: what answered does not speak TLS (a plain HTTP port?)";
    assert!(verdict.reason.contains(reason), "{}", verdict.reason);
}

/// The port of a server that answers 400 to whatever comes, as load balancers do.
fn plain_answerer() -> u16 {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            drop(stream.read(&mut [0; 1_024]));
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"));
        }
    });
    port
}

#[tokio::test]
async fn a_tls_port_behind_http_says_so() {
    let server = TlsServer::start("localhost", FOLDER);
    let verdict = check(BaseUrl::parse(&server.url("http", "localhost")).unwrap(), 300).await;
    assert!(verdict.reason.contains("(a TLS port?)"), "{}", verdict.reason);
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_cut_off() {
    let (silent, trusted) =
        (std::net::TcpListener::bind("127.0.0.1:0").unwrap(), TlsServer::start("localhost", FOLDER));
    let url = format!("https://localhost:{}", silent.local_addr().unwrap().port());
    let verdict = check(BaseUrl::parse_trusting(&url, &trusted.authority).unwrap(), 100).await;
    assert!(verdict.reason.contains("no TLS handshake within"), "{}", verdict.reason);
}

#[test]
fn authorities_that_cannot_be_used_are_refused_by_their_file() {
    let missing = BaseUrl::parse_trusting("https://localhost", Path::new("/nowhere.pem")).unwrap_err();
    assert!(missing.to_string().starts_with("/nowhere.pem: "), "{missing}");
    let empty = format!("{FOLDER}/empty-{}.pem", std::process::id());
    std::fs::write(&empty, "").unwrap();
    let refused = BaseUrl::parse_trusting("https://localhost", Path::new(&empty)).unwrap_err().to_string();
    std::fs::remove_file(&empty).unwrap();
    assert_eq!(refused, format!("{empty}: no certificate that could be trusted"));
}
