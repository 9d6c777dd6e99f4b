//! Microseconds from starting a program to its first 200: `first_answer ADDRESS PATH PROGRAM`.
//!
//! ADDRESS is given to the program as `LISTEN_ADDR`; the program is killed after its answer.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use reference_servers::{BoxError, argument};

const LIMIT: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_micros(20);

fn main() -> Result<(), BoxError> {
    let address = argument(1, "address:port")?;
    let request = format!("GET {} HTTP/1.1\r\nhost: {address}\r\n\r\n", argument(2, "path")?);
    let mut command = Command::new(argument(3, "program")?);
    command.env_clear().env("LISTEN_ADDR", &address).stdout(Stdio::null());
    let started = Instant::now();
    let mut program = command.spawn()?;
    let answered = first_answer(address.parse()?, &request, started);
    program.kill()?;
    program.wait()?;
    println!("{}", answered?.as_micros());
    Ok(())
}

fn first_answer(address: SocketAddr, request: &str, started: Instant) -> Result<Duration, BoxError> {
    while started.elapsed() < LIMIT {
        let Ok(mut stream) = TcpStream::connect(address) else {
            sleep(PAUSE);
            continue;
        };
        stream.write_all(request.as_bytes())?;
        let mut status = [0; 13];
        stream.read_exact(&mut status)?;
        let status = String::from_utf8_lossy(&status).into_owned();
        return if status == "HTTP/1.1 200 " { Ok(started.elapsed()) } else { Err(status.into()) };
    }
    Err("no answer within 5 s".into())
}
