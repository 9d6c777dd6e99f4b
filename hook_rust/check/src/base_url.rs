use std::fmt;
use std::path::Path;

use hyper::Uri;
use tokio::time::{Instant, timeout_at};

use crate::connection::connect;
use crate::progress::Progress;
use crate::tls::Tls;

/// Where the routes are: scheme, host, port and an optional path before theirs.
#[derive(Debug, Clone)]
pub struct BaseUrl {
    pub(crate) host: String,
    pub(crate) port: u16,
    names_port: bool,
    prefix: String,
    /// None when the scheme is http.
    pub(crate) tls: Option<Tls>,
}

/// A URL that routes cannot be checked under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrlError(String);

impl fmt::Display for BaseUrlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for BaseUrlError {}

impl fmt::Display for BaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.url(""))
    }
}

impl BaseUrl {
    /// Reads `http://host[:port][/prefix]`, or the same with `https`. The certificate of an https host must then be
    /// valid for its name, and signed by an authority that this machine trusts.
    ///
    /// # Errors
    /// Says what was found and what is allowed.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        Self::read(text, Tls::of_the_machine)
    }

    /// The same, trusting the authorities in the PEM file `authorities` and no other.
    ///
    /// # Errors
    /// Says what was found and what is allowed, or why the file is of no use.
    pub fn parse_trusting(text: &str, authorities: &Path) -> Result<Self, BaseUrlError> {
        let tls = Tls::of_file(authorities).map_err(BaseUrlError)?;
        Self::read(text, || Ok(tls))
    }

    fn read(text: &str, tls: impl FnOnce() -> Result<Tls, String>) -> Result<Self, BaseUrlError> {
        let refuse = |why: &str| {
            BaseUrlError(format!("found {text:?}: {why}; allowed: http://host[:port][/prefix], or the same with https"))
        };
        let uri: Uri = text.trim().parse().map_err(|_| refuse("not a URL"))?;
        let (tls, usual_port) = match uri.scheme_str() {
            Some("http") => (None, 80),
            Some("https") => (Some(tls().map_err(|why| refuse(&why))?), 443),
            _ => return Err(refuse("the scheme is neither http nor https")),
        };
        if uri.query().is_some() {
            return Err(refuse("it carries a query"));
        }
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(|| refuse("no host"))?;
        Ok(Self {
            host: host.to_owned(),
            port: uri.port_u16().unwrap_or(usual_port),
            names_port: uri.port_u16().is_some(),
            prefix: uri.path().trim_end_matches('/').to_owned(),
            tls,
        })
    }

    /// Whether the URL itself names the port, and the scheme's usual one is no guess.
    #[must_use]
    pub fn names_port(&self) -> bool {
        self.names_port
    }

    /// Whether anything takes connections there, with a certificate to trust when the URL says https.
    ///
    /// # Errors
    /// Why not, in words.
    pub async fn reach(&self, deadline: Instant) -> Result<(), String> {
        let (progress, started) = (Progress::default(), Instant::now());
        match timeout_at(deadline, connect(self, &progress)).await {
            Ok(outcome) => outcome.map(drop),
            Err(_) => Err(progress.missing(started.elapsed().as_millis())),
        }
    }

    /// The path that a request for `path` carries.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The host without the brackets of an IPv6 address, as a resolver takes it.
    pub(crate) fn resolvable_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Value of the `host` header.
    pub(crate) fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The whole URL of `path`, for people to read.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority(), self.path(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_stands_before_every_path() {
        let base = BaseUrl::parse("http://alb.internal:8080/v1/").unwrap();
        assert_eq!(base.url("/one"), "http://alb.internal:8080/v1/one");
    }

    #[test]
    fn a_url_without_port_means_port_80() {
        let base = BaseUrl::parse("http://alb.internal").unwrap();
        assert_eq!((base.authority().as_str(), base.names_port()), ("alb.internal:80", false));
        assert!(BaseUrl::parse("http://alb.internal:80").unwrap().names_port());
    }

    #[test]
    fn an_ipv6_address_resolves_without_its_brackets() {
        assert_eq!(BaseUrl::parse("http://[::1]:8080").unwrap().resolvable_host(), "::1");
    }

    #[test]
    fn what_is_no_http_url_is_refused_with_what_was_found() {
        for text in ["", "alb.internal:8080", "ftp://alb", "http://alb/?a=b", "https://"] {
            let error = BaseUrl::parse(text).unwrap_err().to_string();
            assert!(error.contains(&format!("{text:?}")), "{error}");
        }
    }
}
