//! What is to be served, as the loopback describes it.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;

/// Everything that one proxy serves.
///
/// `targets` maps a target group's ARN to those of its targets that get requests, `sticky` to the seconds for which a
/// visitor stays with one of them, `listeners` a listener's ARN to where it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Network {
    pub load_balancers: Vec<LoadBalancer>,
    pub targets: HashMap<String, Vec<SocketAddr>>,
    pub sticky: HashMap<String, u64>,
    pub apis: Vec<HttpApi>,
    pub listeners: HashMap<String, SocketAddr>,
}

/// An address and what listens on it; `name` is the one that records carry, `idle_timeout` in seconds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadBalancer {
    pub name: String,
    pub address: IpAddr,
    pub listeners: Vec<Listener>,
    pub idle_timeout: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    pub arn: String,
    pub port: u16,
    pub default: Action,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub arn: String,
    pub priority: u32,
    pub conditions: Vec<Condition>,
    pub action: Action,
}

/// Any of `values` matches; `name` is the header's, for `http-header`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub kind: String,
    pub values: Vec<String>,
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Action {
    /// With `sticky_seconds`, a visitor stays with a group for so long.
    Forward {
        shares: Vec<Share>,
        sticky_seconds: Option<u64>,
    },
    FixedResponse {
        status: u16,
        content_type: String,
        body: String,
    },
    /// `location` still holds the `#{…}` words of the ELB API.
    Redirect {
        status: u16,
        location: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    pub target_group: String,
    pub weight: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpApi {
    pub address: IpAddr,
    pub port: u16,
    pub stages: Vec<String>,
    pub routes: Vec<Route>,
}

/// `listener` is the ARN of what is behind it, absent for an integration that leads nowhere; `timeout` in milliseconds;
/// a `closed` route wants proof of who calls, which nobody here can check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub method: String,
    pub path: String,
    pub listener: Option<String>,
    pub timeout: u64,
    pub closed: bool,
}
