use std::time::Duration;

use tokio::time::Instant;

use crate::check_list::Check;
use crate::failure::{Failure, FailureKind};

/// How a route stands after some attempts.
#[derive(Debug)]
pub(crate) struct Attempts {
    pub count: u32,
    started: Instant,
    pub duration: Duration,
    /// The revision that the last answer named.
    pub task_definition: Option<String>,
    pub outcome: Result<(), Failure>,
    /// The revision of an answer that passed.
    passed_by: Option<String>,
    /// The budget ended before the last attempt did.
    pub cut_off: bool,
    /// What answered in place of the expected revision, each once, in the order of their first answers.
    strays: Vec<String>,
}

impl Attempts {
    /// More names say nothing new.
    const MOST_STRAYS: usize = 4;

    /// Before the first one.
    pub fn none(check: &Check) -> Self {
        let failure = Failure::new(FailureKind::Budget, format!("status {}", check.status), "no time for an attempt");
        Self {
            count: 0,
            started: Instant::now(),
            duration: Duration::ZERO,
            task_definition: None,
            outcome: Err(failure),
            passed_by: None,
            cut_off: false,
            strays: Vec::new(),
        }
    }

    /// Takes the outcome of an attempt that ended just now.
    pub fn take(&mut self, outcome: Result<(), Failure>) {
        self.duration = self.started.elapsed();
        match &outcome {
            Ok(()) => self.passed_by.clone_from(&self.task_definition),
            Err(failure) if failure.is_stray() => {
                self.keep_stray(self.task_definition.clone().unwrap_or_else(|| "an unnamed revision".to_owned()));
            }
            Err(_) => {}
        }
        self.outcome = outcome;
    }

    /// Takes what the same route came to that was asked meanwhile. A failure stands, whichever ended first; an attempt
    /// that the budget cut off says less than any before it.
    pub fn absorb(&mut self, other: Self) {
        let is_first = self.count == 0;
        self.count += other.count;
        self.duration = self.started.elapsed();
        if other.cut_off && !is_first {
            return;
        }
        other.strays.into_iter().for_each(|stray| self.keep_stray(stray));
        self.passed_by = other.passed_by.or_else(|| self.passed_by.take());
        if is_first || self.outcome.is_ok() || other.outcome.is_err() {
            (self.outcome, self.task_definition) = (other.outcome, other.task_definition);
        }
    }

    fn keep_stray(&mut self, stray: String) {
        if self.strays.len() < Self::MOST_STRAYS && !self.strays.contains(&stray) {
            self.strays.push(stray);
        }
    }

    /// Whether anything but the expected revision ever answered.
    pub fn strayed(&self) -> bool {
        !self.strays.is_empty()
    }

    /// The failure of a route that the expected revision answered at one time, and another at another.
    pub fn in_turn(&self) -> Option<Failure> {
        let revision = self.passed_by.as_ref().filter(|_| self.strayed())?;
        let sources = format!("{} and {revision} in turn", self.strays.join(", "));
        let reason = format!("answers came from {sources}, but {revision} is under deployment");
        let failure = Failure::new(FailureKind::IdentityMismatch, format!("an answer by {revision}"), sources);
        Some(failure.because(reason))
    }
}
