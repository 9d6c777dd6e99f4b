use std::time::Duration;

use crate::attempts::Attempts;
use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::failure::FailureKind;

/// What became of one route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteResult {
    /// How reasons speak of the route.
    pub label: String,
    pub name: Option<String>,
    pub method: String,
    pub path: String,
    /// What was asked, with scheme, host and port.
    pub url: String,
    pub passed: bool,
    /// What the last attempt should have given.
    pub expected: String,
    /// What the last attempt gave.
    pub got: String,
    /// The revision that the last answer named.
    pub task_definition: Option<String>,
    /// How many times it was asked, the times after it had passed included.
    pub attempts: u32,
    pub duration: Duration,
    /// None when the route passed.
    pub failure: Option<FailureKind>,
    /// In words, starting with the route; empty when the route passed.
    pub reason: String,
}

/// What became of all routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub passed: bool,
    /// Why not, in words; empty when all routes passed.
    pub reason: String,
    pub duration: Duration,
    /// In the order of the check list.
    pub routes: Vec<RouteResult>,
}

impl Verdict {
    pub(crate) fn of(routes: Vec<RouteResult>, duration: Duration) -> Self {
        let passed = routes.iter().all(|route| route.passed);
        Self { passed, reason: summary(&routes), duration, routes }
    }
}

/// The reasons of all routes that failed; routes with the same one share it.
fn summary(routes: &[RouteResult]) -> String {
    let mut causes: Vec<(&str, Vec<&str>)> = Vec::new();
    for route in routes.iter().filter(|route| !route.passed) {
        let cause = route.reason.strip_prefix(&route.label).unwrap_or(&route.reason);
        match causes.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, labels)) => labels.push(&route.label),
            None => causes.push((cause, vec![&route.label])),
        }
    }
    let reasons: Vec<_> = causes.iter().map(|(cause, labels)| labels.join(", ") + cause).collect();
    reasons.join("; ")
}

impl RouteResult {
    pub(crate) fn of(check: &Check, base: &BaseUrl, attempts: Attempts) -> Self {
        let status = format!("status {}", check.status);
        let (failure, expected, got, reason) = match attempts.outcome {
            Ok(()) => (None, status.clone(), status, String::new()),
            Err(failure) => {
                let reason = format!("{check}: {}", failure.reason);
                (Some(failure.kind), failure.expected, failure.got, reason)
            }
        };
        Self {
            label: check.to_string(),
            name: check.name.clone(),
            method: check.method.to_string(),
            path: check.path.clone(),
            url: base.url(&check.path),
            passed: failure.is_none(),
            expected,
            got,
            task_definition: attempts.task_definition,
            attempts: attempts.count,
            duration: attempts.duration,
            failure,
            reason,
        }
    }
}
