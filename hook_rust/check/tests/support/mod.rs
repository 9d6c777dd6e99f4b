//! A real HTTP server on a loopback address, for tests; each test crate uses what it needs of it.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// When it had been read.
    pub at: Instant,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

pub enum Reply {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: String,
    },
    /// These bytes, whatever they are, and then silence.
    Raw(Vec<u8>),
    /// A body that goes on for as long as anybody reads it.
    Endless,
    /// The connection is closed without an answer.
    Close,
    Hang,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self::Answer { status, headers: Vec::new(), body: String::new() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub fn body(mut self, text: &str) -> Self {
        if let Self::Answer { body, .. } = &mut self {
            text.clone_into(body);
        }
        self
    }
}

/// Serves until the test process ends; every request is also sent to `requests`.
pub struct Server {
    pub address: SocketAddr,
    pub requests: Receiver<Request>,
}

impl Server {
    pub fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, requests) = channel();
        let reply = Arc::new(reply);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (reply, seen) = (Arc::clone(&reply), seen.clone());
                thread::spawn(move || serve(stream.unwrap(), reply.as_ref(), &seen));
            }
        });
        Self { address, requests }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Answers one request after the other until the client goes away.
fn serve(stream: TcpStream, reply: &impl Fn(&Request) -> Reply, seen: &Sender<Request>) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let answer = reply(&request);
        // Nobody need look at the requests.
        drop(seen.send(request));
        match answer {
            Reply::Answer { status, headers, body } => {
                let headers =
                    headers.iter().fold(String::new(), |all, (name, value)| all + name + ": " + value + "\r\n");
                let length = body.len();
                let text = format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}");
                if writer.write_all(text.as_bytes()).is_err() {
                    return;
                }
            }
            Reply::Raw(bytes) => {
                drop(writer.write_all(&bytes));
                return drop(reader.read(&mut [0]));
            }
            Reply::Endless => return endless(&mut writer),
            Reply::Close => return,
            Reply::Hang => return drop(reader.read(&mut [0])),
        }
    }
}

fn endless(writer: &mut TcpStream) {
    let head = "HTTP/1.1 200 X\r\nx-task-definition: rust-blue-green:5\r\n\r\n";
    let mut written = writer.write_all(head.as_bytes());
    while written.is_ok() {
        written = writer.write_all(&[b'a'; 4_096]);
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request { method, path, headers, body: String::new(), at: Instant::now() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).unwrap();
    request.at = Instant::now();
    Some(request)
}
