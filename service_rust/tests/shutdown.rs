//! A stop finishes what is in flight, within its limit.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use rust_api::serve;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// A server whose `/slow` says that it was asked, and answers when it is told to.
struct Slow {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    asked: mpsc::Receiver<()>,
    answer: mpsc::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

async fn start(limit: Duration) -> Slow {
    let (stop, stopped) = oneshot::channel::<()>();
    let (ask, asked) = mpsc::channel(1);
    let (answer, told) = mpsc::channel::<()>(1);
    let told = std::sync::Arc::new(tokio::sync::Mutex::new(told));
    let slow = get(move || async move {
        ask.send(()).await.unwrap();
        told.lock().await.recv().await.unwrap();
        "done"
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stopping = async move { stopped.await.unwrap() };
    let server = tokio::spawn(serve(listener, Router::new().route("/slow", slow), stopping, limit));
    Slow { address, stop, asked, answer, server }
}

fn request(address: SocketAddr) -> JoinHandle<String> {
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: test\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    })
}

#[tokio::test]
async fn a_request_in_flight_is_answered_before_the_end() {
    let mut slow = start(Duration::from_mins(1)).await;
    let answer = request(slow.address);
    slow.asked.recv().await.unwrap();
    slow.stop.send(()).unwrap();
    slow.answer.send(()).await.unwrap();
    assert!(answer.await.unwrap().ends_with("done"));
    slow.server.await.unwrap().unwrap();
    assert!(TcpStream::connect(slow.address).is_err());
}

#[tokio::test]
async fn a_request_that_does_not_end_is_cut_off_at_the_limit() {
    let mut slow = start(Duration::from_millis(50)).await;
    drop(request(slow.address));
    slow.asked.recv().await.unwrap();
    let started = Instant::now();
    slow.stop.send(()).unwrap();
    slow.server.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(slow.answer.send(()).await.is_err(), "the request goes on");
}
