//! Conditions of listener rules.

use std::net::IpAddr;

use hyper::header::{HOST, HeaderName};
use hyper::http::request::Parts;

use crate::network;
use crate::wildcard::matches;

pub enum Condition {
    Path(Vec<String>),
    Host(Vec<String>),
    Header(HeaderName, Vec<String>),
    Method(Vec<String>),
    SourceIp(Vec<Block>),
    Query(Vec<String>),
}

/// Addresses that share their first `bits`.
pub struct Block {
    address: u32,
    bits: u32,
}

impl Condition {
    /// # Errors
    /// What cannot be served, by name.
    pub fn read(from: network::Condition) -> Result<Self, String> {
        let network::Condition { kind, values, name } = from;
        let any_case = |values: Vec<String>| values.iter().map(|value| value.to_ascii_lowercase()).collect();
        Ok(match kind.as_str() {
            "path-pattern" => Self::Path(values),
            "host-header" => Self::Host(any_case(values)),
            "http-header" => Self::Header(name.parse().map_err(|_| format!("no header {name}"))?, any_case(values)),
            "http-request-method" => Self::Method(values),
            "source-ip" => {
                let blocks = values.iter().filter_map(|value| Block::read(value).transpose());
                Self::SourceIp(blocks.collect::<Result<_, _>>()?)
            }
            "query-string" => Self::Query(any_case(values)),
            _ => return Err(format!("no condition {kind}")),
        })
    }

    pub fn holds(&self, request: &Parts, source: IpAddr) -> bool {
        match self {
            Self::Path(patterns) => any(patterns, request.uri.path().as_bytes()),
            Self::Host(patterns) => any(patterns, host(request).to_ascii_lowercase().as_bytes()),
            Self::Header(name, patterns) => {
                let mut values = request.headers.get_all(name).iter();
                values.any(|value| any(patterns, &value.as_bytes().to_ascii_lowercase()))
            }
            Self::Method(methods) => methods.iter().any(|method| method == request.method.as_str()),
            Self::SourceIp(blocks) => blocks.iter().any(|block| block.has(source)),
            Self::Query(patterns) => {
                let query = request.uri.query().unwrap_or_default().to_ascii_lowercase();
                query.split('&').any(|pair| any(patterns, pair.as_bytes()))
            }
        }
    }
}

impl Block {
    /// None for a block of IPv6: the loopback has IPv4 alone, so no visitor comes from there.
    fn read(text: &str) -> Result<Option<Self>, String> {
        let (address, bits) = text.split_once('/').unwrap_or((text, "32"));
        match (address.parse(), bits.parse()) {
            (Ok(IpAddr::V4(address)), Ok(bits @ 0..=32)) => Ok(Some(Self { address: address.to_bits(), bits })),
            (Ok(IpAddr::V6(_)), _) => Ok(None),
            _ => Err(format!("{text} is no block of addresses")),
        }
    }

    fn has(&self, source: IpAddr) -> bool {
        let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
        matches!(source, IpAddr::V4(source) if (source.to_bits() ^ self.address) & mask == 0)
    }
}

/// The host that was asked for, without its port.
pub fn host(request: &Parts) -> &str {
    let named = request.headers.get(HOST).and_then(|value| value.to_str().ok());
    let whole = request.uri.host().or(named).unwrap_or_default();
    match whole.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => whole,
    }
}

fn any(patterns: &[String], text: &[u8]) -> bool {
    patterns.iter().any(|pattern| matches(pattern.as_bytes(), text))
}

#[cfg(test)]
mod tests {
    use hyper::Request;
    use hyper::http::request::Builder;

    use super::Condition;
    use crate::network;

    fn holds(kind: &str, name: &str, values: &[&str], request: Builder) -> bool {
        let values = values.iter().map(ToString::to_string).collect();
        let from = network::Condition { kind: kind.to_owned(), values, name: name.to_owned() };
        let (head, ()) = request.body(()).unwrap().into_parts();
        Condition::read(from).is_ok_and(|condition| condition.holds(&head, [10, 1, 2, 3].into()))
    }

    fn asked(path: &str) -> Builder {
        Request::builder().uri(path)
    }

    #[test]
    fn a_path_is_matched_with_its_case_and_without_the_query() {
        assert!(holds("path-pattern", "", &["/no", "/one*"], asked("/one/two?three")));
        assert!(!holds("path-pattern", "", &["/One"], asked("/one")));
        assert!(!holds("path-pattern", "", &["*three"], asked("/one?three")));
    }

    #[test]
    fn a_host_is_matched_without_case_and_port() {
        for (host, expected) in [("api.example.com", true), ("API.Example.com:8000", true), ("example.com", false)] {
            assert_eq!(
                holds("host-header", "", &["*.Example.com"], asked("/").header("Host", host)),
                expected,
                "{host}"
            );
        }
    }

    #[test]
    fn any_line_of_a_header_may_match() {
        let request = || asked("/").header("X-One", "none").header("X-One", "Bee");
        assert!(holds("http-header", "x-one", &["a", "b*"], request()));
        assert!(!holds("http-header", "x-two", &["*"], request()));
    }

    #[test]
    fn a_pair_of_the_query_is_found_wherever_it_is() {
        assert!(holds("query-string", "", &["version=v*"], asked("/?a=1&Version=V2&b=3")));
        assert!(!holds("query-string", "", &["version=v*"], asked("/?subversion=v2")));
    }

    #[test]
    fn a_source_is_in_its_block_alone() {
        for (block, expected) in [
            ("10.0.0.0/8", true),
            ("10.1.2.3/32", true),
            ("10.1.2.4", false),
            ("0.0.0.0/0", true),
            ("11.0.0.0/8", false),
            ("::/0", false),
        ] {
            assert_eq!(holds("source-ip", "", &[block], asked("/")), expected, "{block}");
        }
    }

    #[test]
    fn a_method_is_one_of_those_named() {
        assert!(holds("http-request-method", "", &["GET", "HEAD"], asked("/").method("HEAD")));
        assert!(!holds("http-request-method", "", &["GET"], asked("/").method("POST")));
    }
}
