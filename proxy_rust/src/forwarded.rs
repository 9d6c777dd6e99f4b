//! What a target is told, and what ends at the proxy.

use std::fmt::Write;

use hyper::HeaderMap;
use hyper::header::{self, HOST, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::http::uri::PathAndQuery;
use hyper::{Uri, Version};

use crate::client::Client;

pub const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const MOST_FORWARDED: usize = 30;
const PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HTTP: HeaderValue = HeaderValue::from_static("http");
/// Headers of a connection, not of what it carries (RFC 9110, 7.6.1).
const OF_THE_CONNECTION: [HeaderName; 6] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];
/// Headers that an ALB does not pass on.
const OF_PROXIES: [HeaderName; 2] = [header::VIA, HeaderName::from_static("x-forwarded-host")];

/// Makes of a request that came one that goes to a target.
pub fn prepare(head: &mut Parts, client: &Client) {
    let host = head.uri.authority().map(|authority| authority.as_str().to_owned());
    let path = head.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    head.uri = Uri::from(path);
    head.version = Version::HTTP_11;
    if let Some(host) = host.and_then(|host| HeaderValue::from_str(&host).ok()) {
        head.headers.insert(HOST, host);
    }
    if !head.headers.contains_key(HOST) {
        head.headers.insert(HOST, client.asked.clone());
    }
    // A body of unknown length needs to be announced: not every method is expected to have one.
    let chunked = head.headers.contains_key(header::TRANSFER_ENCODING);
    end_of_connection(&mut head.headers);
    if chunked {
        head.headers.insert(header::TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
    }
    for name in &OF_PROXIES {
        head.headers.remove(name);
    }
    head.headers.insert(PORT, client.port.clone());
    head.headers.insert(PROTO, HTTP);
}

/// Whether more have passed a request on than an ALB allows (ELB user guide, "HTTP 463").
pub fn passed_by_too_many(headers: &HeaderMap) -> bool {
    headers.get_all(FOR).iter().flat_map(|value| value.as_bytes().split(|&byte| byte == b',')).count() > MOST_FORWARDED
}

/// Adds who sent a request to those who passed it on.
pub fn append(headers: &mut HeaderMap, client: &Client) {
    let mut whole = String::new();
    for before in headers.get_all(FOR).iter().filter_map(|value| value.to_str().ok()) {
        let _ = write!(whole, "{before}, ");
    }
    if whole.is_empty() {
        headers.insert(FOR, client.name.clone());
    } else if let Ok(value) = HeaderValue::from_str(&(whole + client.name.to_str().unwrap_or_default())) {
        headers.insert(FOR, value);
    }
}

/// Takes out what concerns the connection alone, and what it names as such.
pub fn end_of_connection(headers: &mut HeaderMap) {
    for name in named_by_connection(headers) {
        if !name.eq_ignore_ascii_case(HOST.as_str()) {
            headers.remove(name);
        }
    }
    for name in &OF_THE_CONNECTION {
        headers.remove(name);
    }
}

/// The words of every `Connection` line.
pub fn named_by_connection(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::CONNECTION).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|word| word.trim().to_owned()).collect()
}
