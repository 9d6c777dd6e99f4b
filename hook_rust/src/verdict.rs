use check::{FailureKind, RouteResult, Verdict};
use serde_json::{Value, json};

use crate::configuration::Proof;
use crate::event::Execution;
use crate::identity::Revision;

/// What the hook reports, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookVerdict {
    pub passed: bool,
    /// In words; empty when passed.
    pub reason: String,
    /// The revision that had to answer, when it was asked for and found.
    pub expected: Option<String>,
    /// What the proof leaves open, in words; empty when nothing.
    pub note: String,
    pub proof: Proof,
    pub routes: Vec<RouteResult>,
}

impl HookVerdict {
    /// A failure before, or instead of, any check.
    #[must_use]
    pub fn failed(reason: impl Into<String>, proof: Proof) -> Self {
        Self { passed: false, reason: reason.into(), expected: None, note: String::new(), proof, routes: Vec::new() }
    }

    pub(crate) fn of(verdict: Verdict, expected: Option<&Revision>, proof: Proof) -> Self {
        // Two headers are a fault to mend; none may be all that a service can do.
        let unproven = |route: &RouteResult| {
            route.failure == Some(FailureKind::IdentityMissing) && route.task_definition.is_none()
        };
        let remedy = if verdict.routes.iter().any(unproven) { Proof::REMEDY } else { "" };
        let reason = verdict.reason + remedy;
        let note = expected.filter(|revision| revision.is_live).map(already_live).unwrap_or_default();
        let expected = expected.map(|revision| revision.name.clone());
        Self { passed: verdict.passed, reason, expected, note, proof, routes: verdict.routes }
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
            "note": self.note,
            "routes": self.routes.iter().map(route).collect::<Value>(),
        })
    }
}

fn already_live(revision: &Revision) -> String {
    let name = &revision.name;
    format!("{name} is live already: its answers cannot be told from those of the replacement")
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
        "failure": route.failure.map(failure),
        "reason": route.reason,
    })
}

/// What programs decide by, in place of the words.
fn failure(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Answer => "answer",
        FailureKind::NoAnswer => "no_answer",
        FailureKind::IdentityMissing => "identity_missing",
        FailureKind::IdentityMismatch => "identity_mismatch",
        FailureKind::IdentityUnknown => "identity_unknown",
        FailureKind::Budget => "budget",
        FailureKind::Panic => "panic",
    }
}
