//! What was really answered: a line for each request, to whoever counts.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::io::AsyncWriteExt;
use tokio::net::UnixStream;
use tokio::sync::Notify;
use tokio::time::Instant;

/// What an ALB writes of a client that has gone before it was answered (ELB user guide, "HTTP 460").
pub const GONE: u16 = 460;

/// Lines on their way out: many are written at once when they come faster than they are read.
#[derive(Default)]
pub struct Records {
    lines: RefCell<Vec<u8>>,
    more: Notify,
}

/// `time` in seconds since 1970; `ms` is how long the target took to begin its answer.
#[derive(Serialize)]
struct Line<'a> {
    load_balancer: &'a str,
    time: f64,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<f64>,
}

impl Records {
    /// Writes to `stream`, until nobody reads there any more.
    pub async fn write(self: Rc<Self>, mut stream: UnixStream) {
        loop {
            self.more.notified().await;
            let lines = std::mem::take(&mut *self.lines.borrow_mut());
            if stream.write_all(&lines).await.is_err() {
                return;
            }
        }
    }

    fn add(&self, line: &Line<'_>) {
        let mut lines = self.lines.borrow_mut();
        if serde_json::to_writer(&mut *lines, line).is_ok() {
            lines.push(b'\n');
            self.more.notify_one();
        }
    }
}

/// The record of one request: written when it is answered, or else when its client has gone.
pub struct Record<'a> {
    records: &'a Records,
    load_balancer: &'a str,
    target: Cell<Option<(SocketAddr, Instant)>>,
    answered: Cell<bool>,
}

impl<'a> Record<'a> {
    pub fn new(records: &'a Records, load_balancer: &'a str) -> Self {
        Self { records, load_balancer, target: Cell::new(None), answered: Cell::new(false) }
    }

    /// A target was chosen, and is asked from now on.
    pub fn chose(&self, target: SocketAddr) {
        self.target.set(Some((target, Instant::now())));
    }

    /// The load balancer answers by itself.
    pub fn own(&self, status: u16) {
        self.write(status, None);
    }

    /// The target has begun its answer.
    pub fn relayed(&self, status: u16) {
        let asked = self.target.get().map(|(_, asked)| asked);
        self.write(status, asked.map(|asked| asked.elapsed().as_secs_f64() * 1000.0));
    }

    fn write(&self, status: u16, ms: Option<f64>) {
        self.answered.set(true);
        let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
        let target = self.target.get().map(|(target, _)| target);
        self.records.add(&Line { load_balancer: self.load_balancer, time, status, target, ms });
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        if !self.answered.get() {
            self.write(GONE, None);
        }
    }
}
