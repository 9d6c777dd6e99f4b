//! Asks one path over keep-alive connections, one request at a time on each: `load ADDRESS PATH CONNECTIONS LIMIT`.
//!
//! LIMIT is `2.5s` for a time after a warm-up of half a second, or `3200` for a number of requests. Prints one JSON
//! object: requests (also with those of the warm-up), seconds, and the median and 99th percentile in microseconds. Any answer but 200 ends it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use reference_servers::{BoxError, argument};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

const WARM_UP: Duration = Duration::from_millis(500);

/// When to stop, and what was seen so far.
struct Run {
    from: Instant,
    until: Option<Instant>,
    left: u64,
    latencies: Vec<Duration>,
    with_warm_up: u64,
}

impl Run {
    fn new(limit: &str) -> Result<Self, BoxError> {
        let now = Instant::now();
        let timed = limit.strip_suffix('s').map(str::parse).transpose()?.map(Duration::from_secs_f64);
        let left = if timed.is_some() { u64::MAX } else { limit.parse()? };
        let from = if timed.is_some() { now + WARM_UP } else { now };
        Ok(Self { from, until: timed.map(|time| from + time), left, latencies: Vec::new(), with_warm_up: 0 })
    }

    /// Takes the right to one more request.
    fn take(&mut self) -> bool {
        let open = self.left > 0 && self.until.is_none_or(|until| Instant::now() < until);
        self.left -= u64::from(open);
        open
    }

    fn note(&mut self, sent: Instant) {
        self.with_warm_up += 1;
        if sent >= self.from {
            self.latencies.push(sent.elapsed());
        }
    }

    fn report(&mut self) -> serde_json::Value {
        let seconds = self.from.elapsed().as_secs_f64();
        self.latencies.sort_unstable();
        let at = |share: usize| self.latencies.get(self.latencies.len() * share / 100).map(Duration::as_micros);
        let (requests, all) = (self.latencies.len(), self.with_warm_up);
        json!({"requests": requests, "with_warm_up": all, "seconds": seconds, "p50_us": at(50), "p99_us": at(99)})
    }
}

async fn connection(address: String, path: String, run: Rc<RefCell<Run>>) -> Result<(), BoxError> {
    let mut stream = TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n");
    let mut buffer = vec![0; 4096];
    while run.borrow_mut().take() {
        let sent = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        read_answer(&mut stream, &mut buffer).await?;
        run.borrow_mut().note(sent);
    }
    Ok(())
}

async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<(), BoxError> {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await?;
        filled += read;
        if read == 0 {
            return Err("closed in the middle of an answer, or the answer is too long".into());
        }
        if length(&buffer[..filled])? == Some(filled) {
            return Ok(());
        }
    }
}

/// The length of the whole answer, once its head is there.
fn length(answer: &[u8]) -> Result<Option<usize>, BoxError> {
    const LENGTH: &[u8] = b"\r\ncontent-length: ";
    let find = |wanted: &[u8]| answer.windows(wanted.len()).position(|found| found == wanted);
    let Some(head) = find(b"\r\n\r\n") else { return Ok(None) };
    if !answer.starts_with(b"HTTP/1.1 200 ") {
        return Err(String::from_utf8_lossy(answer).into());
    }
    let value = find(LENGTH).ok_or("an answer without a content-length")? + LENGTH.len();
    let digits = answer[value..].iter().take_while(|byte| byte.is_ascii_digit());
    let body = digits.fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
    Ok(Some(head + 4 + body))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let (address, path) = (argument(1, "address:port")?, argument(2, "path")?);
    let connections: usize = argument(3, "connections")?.parse()?;
    let run = Rc::new(RefCell::new(Run::new(&argument(4, "seconds as 2.5s, or a number of requests")?)?));
    let tasks = LocalSet::new();
    let asked: Vec<_> = (0..connections)
        .map(|_| tasks.spawn_local(connection(address.clone(), path.clone(), Rc::clone(&run))))
        .collect();
    tasks
        .run_until(async {
            for connection in asked {
                connection.await??;
            }
            Ok::<(), BoxError>(())
        })
        .await?;
    println!("{}", run.borrow_mut().report());
    Ok(())
}
