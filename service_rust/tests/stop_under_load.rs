//! SIGTERM while many keep-alive clients ask: every request that was sent is answered.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/api.rs"]
mod api;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use api::Api;

const CLIENTS: usize = 64;
/// Longer than any answer may take on a busy machine; a client that waits longer has lost its request.
const PATIENCE: Duration = Duration::from_secs(20);

/// How one client's connection ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The last answer said that the connection closes.
    Told,
    /// The connection closed after a request was sent, before its answer.
    Lost(String),
}

/// Asks one thing after the other, until the server says that it closes.
fn client(address: &str, answered: &AtomicUsize, pause: Duration) -> End {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    loop {
        match ask(&mut stream) {
            Err(lost) => return End::Lost(lost),
            Ok(answer) if answer.contains("connection: close\r\n") => return End::Told,
            Ok(_) => answered.fetch_add(1, Ordering::Relaxed),
        };
        thread::sleep(pause);
    }
}

fn ask(stream: &mut TcpStream) -> Result<String, String> {
    stream.write_all(b"GET /one HTTP/1.1\r\nhost: test\r\n\r\n").map_err(|error| error.to_string())?;
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).map_err(|error| error.to_string())?;
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    if answer.ends_with(r#"{"key":"route_one from Green"}"#) { Ok(answer) } else { Err(format!("{answer:?}")) }
}

fn stop_under_load(pause: Duration) {
    let api = Api::start(&[]);
    assert_eq!(api.log.len(), 1, "{:?}", api.log);
    let (answered, address) = (AtomicUsize::new(0), api.address.clone());
    let ends = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| client(&address, &answered, pause))).collect();
        let started = Instant::now();
        while answered.load(Ordering::Relaxed) < 10 * CLIENTS {
            assert!(started.elapsed() < PATIENCE, "no load");
            thread::yield_now();
        }
        api.terminate();
        clients.into_iter().map(|client| client.join().unwrap()).collect::<Vec<_>>()
    });
    let (code, log) = api.stop();
    assert_eq!(code, Some(0));
    assert!(!log.contains("still in flight"), "{log}");
    let lost: Vec<_> = ends.iter().filter(|end| **end != End::Told).collect();
    assert!(lost.is_empty(), "{} of {CLIENTS}: {lost:?}", lost.len());
}

#[test]
fn clients_that_ask_without_a_pause_lose_nothing() {
    stop_under_load(Duration::ZERO);
}

#[test]
fn clients_that_pause_between_requests_lose_nothing() {
    stop_under_load(Duration::from_millis(20));
}

#[test]
fn a_connection_without_requests_does_not_hold_the_stop_up() {
    let api = Api::start(&[]);
    let mut asked = TcpStream::connect(&api.address).unwrap();
    ask(&mut asked).unwrap();
    let silent = TcpStream::connect(&api.address).unwrap();
    let started = Instant::now();
    assert_eq!(api.stop().0, Some(0));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    drop(silent);
}
