//! From a description of the network to what answers at each address.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use hyper::StatusCode;

use crate::condition::Condition;
use crate::front::Front;
use crate::http_api::{HttpApi, Integration};
use crate::listener::{Action, Listener, Marks, Rule};
use crate::network::{self, Network};
use crate::route::Pattern;
use crate::target::Target;
use crate::target_group::{Forward, TargetGroup};
use crate::turns::Turns;

type Targets<'a> = &'a dyn Fn(SocketAddr) -> Rc<Target>;
type TurnsOf<'a> = &'a dyn Fn(&str, &[u32]) -> Rc<Turns>;

/// What a plan is made from, besides the listeners and routes themselves.
struct Sources<'a> {
    targets: HashMap<String, Vec<SocketAddr>>,
    sticky: HashMap<String, u64>,
    listeners: HashMap<String, SocketAddr>,
    target: Targets<'a>,
    turns: TurnsOf<'a>,
}

/// # Errors
/// What cannot be served, in words.
pub fn fronts(
    network: Network,
    marks: &Rc<Marks>,
    target: Targets<'_>,
    turns: TurnsOf<'_>,
) -> Result<HashMap<SocketAddr, Front>, String> {
    let Network { load_balancers, targets, sticky, apis, listeners } = network;
    let sources = Sources { targets, sticky, listeners, target, turns };
    let mut fronts = HashMap::new();
    for balancer in load_balancers {
        for listener in balancer.listeners {
            let at = SocketAddr::new(balancer.address, listener.port);
            // No limit at all would be over before anything is read.
            let (name, idle) = (balancer.name.clone(), Duration::from_secs(balancer.idle_timeout.max(1)));
            let own = Listener {
                name,
                port: listener.port,
                idle,
                rules: sources.rules(listener.rules)?,
                default: sources.action(&listener.arn, listener.default)?,
                marks: Rc::clone(marks),
            };
            fronts.insert(at, Front::Listener(own));
        }
    }
    for api in apis {
        fronts.insert(SocketAddr::new(api.address, api.port), Front::Api(sources.api(&api)));
    }
    Ok(fronts)
}

impl Sources<'_> {
    fn rules(&self, mut rules: Vec<network::Rule>) -> Result<Vec<Rule>, String> {
        rules.sort_by_key(|rule| rule.priority);
        let read = |rule: network::Rule| {
            let conditions = rule.conditions.into_iter().map(Condition::read).collect::<Result<_, _>>()?;
            Ok(Rule { conditions, action: self.action(&rule.arn, rule.action)? })
        };
        rules.into_iter().map(read).collect()
    }

    fn action(&self, arn: &str, action: network::Action) -> Result<Action, String> {
        Ok(match action {
            network::Action::Forward { shares, sticky_seconds } => {
                let weights: Vec<u32> = shares.iter().map(|share| share.weight).collect();
                let groups = shares.iter().map(|share| self.group(&share.target_group)).collect();
                Action::Forward(Forward { groups, turns: (self.turns)(arn, &weights), sticky: sticky_seconds })
            }
            network::Action::FixedResponse { status, content_type, body } => {
                Action::Fixed { status: read_status(status)?, content_type, body }
            }
            network::Action::Redirect { status, location } => {
                Action::Redirect { status: read_status(status)?, location }
            }
        })
    }

    fn group(&self, arn: &str) -> TargetGroup {
        let addresses = self.targets.get(arn).map(Vec::as_slice).unwrap_or_default();
        let targets = addresses.iter().map(|&address| (self.target)(address)).collect();
        TargetGroup::new(arn, targets, self.sticky.get(arn).copied())
    }

    fn api(&self, api: &network::HttpApi) -> HttpApi {
        let of_stage = |stage: &str| -> Vec<(Pattern, Integration)> {
            let own =
                |route: &network::Route| (Pattern::new(&route.method, &route.path, stage), self.integration(route));
            api.routes.iter().map(own).collect()
        };
        let mut routes: Vec<_> = api.stages.iter().flat_map(|stage| of_stage(stage)).collect();
        routes.sort_by_key(|(pattern, _)| pattern.rank());
        HttpApi { routes }
    }

    fn integration(&self, route: &network::Route) -> Integration {
        match &route.listener {
            _ if route.closed => Integration::Closed,
            None => Integration::Nowhere,
            Some(arn) => self.listeners.get(arn).map_or(Integration::Gone, |&at| {
                Integration::Listener((self.target)(at), Duration::from_millis(route.timeout))
            }),
        }
    }
}

fn read_status(code: u16) -> Result<StatusCode, String> {
    StatusCode::from_u16(code).map_err(|_| format!("{code} is no status"))
}
