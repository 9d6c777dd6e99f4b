use check::{FailureKind, RouteResult, Verdict};
use serde_json::{Value, json};

use crate::configuration::Proof;
use crate::event::Execution;

/// What the hook reports, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookVerdict {
    pub passed: bool,
    /// In words; empty when passed.
    pub reason: String,
    /// The revision that had to answer, when it was asked for and found.
    pub expected: Option<String>,
    pub proof: Proof,
    pub routes: Vec<RouteResult>,
}

impl HookVerdict {
    /// A failure before, or instead of, any check.
    #[must_use]
    pub fn failed(reason: impl Into<String>, proof: Proof) -> Self {
        Self { passed: false, reason: reason.into(), expected: None, proof, routes: Vec::new() }
    }

    pub(crate) fn of(verdict: Verdict, expected: Option<String>, proof: Proof) -> Self {
        let unproven = |route: &RouteResult| {
            matches!(route.failure, Some(FailureKind::IdentityMissing | FailureKind::IdentityUnknown))
        };
        let remedy = if verdict.routes.iter().any(unproven) { " (IDENTITY_PROOF=off turns the proof off)" } else { "" };
        let reason = verdict.reason + remedy;
        Self { passed: verdict.passed, reason, expected, proof, routes: verdict.routes }
    }

    /// CodeDeploy's word for it.
    #[must_use]
    pub fn status(&self) -> &'static str {
        if self.passed { "Succeeded" } else { "Failed" }
    }

    /// The one log line of an execution.
    pub(crate) fn log_line(&self, execution: &Execution, milliseconds: u64) -> Value {
        json!({
            "message": "verdict",
            "verdict": self.status(),
            "deployment_id": execution.deployment_id,
            "execution_id": execution.execution_id,
            "milliseconds": milliseconds,
            "identity": {"expected": self.expected, "proof": self.proof.to_string()},
            "reason": self.reason,
            "routes": self.routes.iter().map(route).collect::<Value>(),
        })
    }
}

fn route(route: &RouteResult) -> Value {
    json!({
        "name": route.name,
        "method": route.method,
        "path": route.path,
        "url": route.url,
        "passed": route.passed,
        "expected": route.expected,
        "got": route.got,
        "task_definition": route.task_definition,
        "attempts": route.attempts,
        "milliseconds": u64::try_from(route.duration.as_millis()).unwrap_or(u64::MAX),
        "reason": route.reason,
    })
}
