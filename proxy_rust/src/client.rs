use std::net::{IpAddr, SocketAddr};

use hyper::header::HeaderValue;

/// Who is at the other end of a connection that came, as targets are told.
pub struct Client {
    pub address: IpAddr,
    /// Its address.
    pub name: HeaderValue,
    /// The port that it came to.
    pub port: HeaderValue,
    /// The address that it came to, for those who name no host.
    pub asked: HeaderValue,
}

impl Client {
    pub fn new(from: SocketAddr, to: SocketAddr) -> Self {
        let written = |text: String| HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("unknown"));
        Self {
            address: from.ip(),
            name: written(from.ip().to_string()),
            port: HeaderValue::from(to.port()),
            asked: written(to.to_string()),
        }
    }
}
