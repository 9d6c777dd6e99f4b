use std::sync::Arc;

use crate::attempts::Attempts;
use crate::backoff::Backoff;
use crate::check_list::Check;
use crate::failure::Failure;

/// A check and how it stands.
#[derive(Debug)]
pub(crate) struct Route {
    pub check: Arc<Check>,
    pub attempts: Attempts,
    pub backoff: Backoff,
}

impl Route {
    pub fn new(check: impl Into<Arc<Check>>) -> Self {
        let check = check.into();
        let attempts = Attempts::none(&check);
        Self { check, attempts, backoff: Backoff::new() }
    }

    pub fn passed(&self) -> bool {
        self.attempts.outcome.is_ok()
    }

    /// Whether it failed, and another attempt could end otherwise.
    pub fn may_pass_later(&self) -> bool {
        self.attempts.outcome.as_ref().is_err_and(Failure::may_pass_later)
    }

    /// Whether the last answer came from anything but the expected revision.
    pub fn is_astray(&self) -> bool {
        self.attempts.outcome.as_ref().is_err_and(Failure::is_stray)
    }
}
