//! The real binary on a real socket.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/api.rs"]
mod api;
#[path = "../../hook_rust/check/tests/support/mod.rs"]
mod http;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use api::{Api, command};
use http::{Reply, Server};

const METADATA: &str = r#"{"Family": "rust-blue-green", "Revision": "5", "Containers": []}"#;

fn ask(stream: &mut TcpStream, path: &str) -> String {
    write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\n\r\n").unwrap();
    let mut answer = [0; 4096];
    let length = stream.read(&mut answer).unwrap();
    String::from_utf8(answer[..length].to_vec()).unwrap()
}

#[test]
fn answers_carry_the_identity_that_ecs_tells() {
    let metadata = Server::start(|_| Reply::status(200).body(METADATA));
    let url = format!("{}/v4/task-id", metadata.url());
    let api = Api::start(&[("ECS_CONTAINER_METADATA_URI_V4", &url), ("COLOR", "Blue")]);
    let answer = ask(&mut TcpStream::connect(&api.address).unwrap(), "/one");
    assert!(answer.contains("x-task-definition: rust-blue-green:5\r\n"), "{answer}");
    assert!(answer.ends_with(r#"{"key":"route_one from Blue"}"#), "{answer}");
    assert_eq!(metadata.requests.recv().unwrap().path, "/v4/task-id/task");
    assert_eq!(api.stop().0, Some(0));
}

#[test]
fn metadata_that_fails_is_said_loudly_and_the_api_serves_on() {
    let metadata = Server::start(|_| Reply::status(500));
    let api = Api::start(&[("ECS_CONTAINER_METADATA_URI_V4", &metadata.url())]);
    assert_eq!(api.log[0]["level"], "ERROR");
    assert!(api.log[0]["message"].as_str().unwrap().starts_with("no identity"));
    let answer = ask(&mut TcpStream::connect(&api.address).unwrap(), "/one");
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("x-task-definition"), "{answer}");
    assert_eq!(api.stop().0, Some(0));
}

#[test]
fn a_connection_serves_many_requests_and_none_is_logged() {
    let api = Api::start(&[]);
    assert_eq!(api.log.len(), 1);
    let mut stream = TcpStream::connect(&api.address).unwrap();
    for _ in 0..3 {
        assert!(ask(&mut stream, "/two").starts_with("HTTP/1.1 200"));
    }
    let (code, rest) = api.stop();
    assert_eq!(code, Some(0));
    assert!(!rest.contains("/two"), "{rest}");
}

#[test]
fn a_request_that_never_ends_is_cut_off_after_the_seconds_given() {
    let api = Api::start(&[("SHUTDOWN_SECONDS", "1")]);
    let mut stream = TcpStream::connect(&api.address).unwrap();
    write!(stream, "GET /one HTTP/1.1\r\nhost:").unwrap();
    // The half request has arrived once a later one is answered.
    ask(&mut TcpStream::connect(&api.address).unwrap(), "/one");
    let started = Instant::now();
    let (code, rest) = api.stop();
    assert_eq!(code, Some(0));
    assert!(rest.contains("stopped with requests still in flight"), "{rest}");
    assert!((1.0..15.0).contains(&started.elapsed().as_secs_f64()), "{:?}", started.elapsed());
}

#[test]
fn health_is_told_at_the_path_that_is_set() {
    let api = Api::start(&[("HEALTH_PATH", "/internal/alive")]);
    let mut stream = TcpStream::connect(&api.address).unwrap();
    assert!(ask(&mut stream, "/internal/alive").ends_with(r#"{"status":"ok"}"#));
    assert!(ask(&mut stream, "/health").starts_with("HTTP/1.1 404"));
    assert_eq!(api.stop().0, Some(0));
}

#[test]
fn requests_are_traced_when_the_log_level_asks_for_it() {
    let api = Api::start(&[("RUST_LOG", "debug")]);
    ask(&mut TcpStream::connect(&api.address).unwrap(), "/two");
    assert!(api.stop().1.contains("/two"));
}

#[test]
fn a_bad_variable_ends_the_process_with_one_line_and_code_2() {
    for (name, line) in [
        ("LISTEN_ADDR", "LISTEN_ADDR: found \"nowhere\", allowed: address:port, like 0.0.0.0:3000\n"),
        ("HEALTH_PATH", "HEALTH_PATH: found \"nowhere\", allowed: a path like /health that is no other route\n"),
    ] {
        let output = command().env(name, "nowhere").output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), line);
    }
}

#[test]
fn an_address_that_is_taken_ends_the_process_with_code_1() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = command().env("LISTEN_ADDR", &address).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with(&format!("LISTEN_ADDR {address}: ")), "{message}");
}
