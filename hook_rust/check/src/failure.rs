/// What sort of failure a route ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The answer was not as the check list says.
    Answer,
    /// No answer: refused, broken off, or later than the check's time limit.
    NoAnswer,
    /// The answer did not say which revision gave it.
    IdentityMissing,
    /// Another revision answered.
    IdentityMismatch,
    /// What should have answered could not be found out.
    IdentityUnknown,
    /// The budget ended before there was anything to judge.
    Budget,
    /// The check itself broke.
    Panic,
}

/// Why one attempt failed, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub kind: FailureKind,
    pub expected: String,
    pub got: String,
    pub reason: String,
}

impl Failure {
    /// A failure whose reason is what was expected and what came.
    pub fn new(kind: FailureKind, expected: impl Into<String>, got: impl Into<String>) -> Self {
        let (expected, got) = (expected.into(), got.into());
        let reason = format!("expected {expected}, got {got}");
        Self { kind, expected, got, reason }
    }

    pub fn answer(expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self::new(FailureKind::Answer, expected, got)
    }

    pub fn no_answer(status: u16, got: impl Into<String>) -> Self {
        Self::new(FailureKind::NoAnswer, format!("status {status}"), got)
    }

    pub fn because(mut self, reason: String) -> Self {
        self.reason = reason;
        self
    }

    /// Whether another attempt could end otherwise.
    pub fn may_pass_later(&self) -> bool {
        !matches!(self.kind, FailureKind::IdentityUnknown | FailureKind::Panic)
    }

    /// Whether something else than the expected revision answered.
    pub fn is_stray(&self) -> bool {
        matches!(self.kind, FailureKind::IdentityMismatch | FailureKind::IdentityMissing)
    }
}
