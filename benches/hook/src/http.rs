use std::io::{BufRead, BufReader, Error, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// A request as far as the fakes look at it.
pub struct Request {
    pub method: String,
    pub target: Option<String>,
    pub body: String,
}

/// Serves on a free port of the loopback address until the process ends, a thread for each connection.
pub fn serve(answer: impl Fn(&Request) -> String + Send + Sync + 'static) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || converse(stream, answer.as_ref()));
        }
    });
    Ok(address)
}

pub fn answer(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
}

/// Asks once, over a connection of its own, and waits for the whole answer.
pub fn ask(address: SocketAddr, line: &str, headers: &str) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let request = format!("{line} HTTP/1.1\r\nhost: {address}\r\n{headers}content-length: 0\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    read(&mut BufReader::new(stream)).map(drop)
}

fn converse(stream: TcpStream, answer: &impl Fn(&Request) -> String) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Ok(request) = read(&mut reader) {
        writer.write_all(answer(&request).as_bytes())?;
    }
    Ok(())
}

fn read(reader: &mut impl BufRead) -> Result<Request> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(Error::other("the connection is closed"));
    }
    let method = line.split(' ').next().unwrap_or_default().to_owned();
    let (mut target, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().map_err(Error::other)?,
            "x-amz-target" => target = value.trim().rsplit('.').next().map(str::to_owned),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request { method, target, body: String::from_utf8_lossy(&body).into_owned() })
}
