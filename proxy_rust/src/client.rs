use std::net::{IpAddr, SocketAddr};

use hyper::header::HeaderValue;

/// Who is at the other end of a connection that came, as targets are told.
pub struct Client {
    pub address: IpAddr,
    /// Its address.
    pub name: HeaderValue,
    /// The port that it came to.
    pub port: HeaderValue,
}

impl Client {
    pub fn new(from: SocketAddr, to: u16) -> Self {
        let name = HeaderValue::from_str(&from.ip().to_string()).unwrap_or(HeaderValue::from_static("unknown"));
        Self { address: from.ip(), name, port: HeaderValue::from(to) }
    }
}
