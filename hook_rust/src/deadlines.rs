use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// By when the parts of an invocation must be done.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    pub started: Instant,
    /// The look-up of the revision ends: before the checks do, so that they can say why it failed.
    pub look_up: Instant,
    /// The checks end.
    pub verdict: Instant,
    /// The verdict stands even when the checks do not end.
    pub guard: Instant,
    /// No attempt to report begins after it.
    pub report: Instant,
}

impl Deadlines {
    const LONGEST_RESERVE: Duration = Duration::from_secs(5);

    /// Divides the time until Lambda kills the function: the last third of it, at most 5 s, is for reporting.
    #[must_use]
    pub fn until(killed: SystemTime) -> Self {
        let started = Instant::now();
        let left = killed.duration_since(SystemTime::now()).unwrap_or_default();
        let reserve = (left / 3).min(Self::LONGEST_RESERVE);
        let end = started + left;
        Self {
            started,
            look_up: end - reserve * 11 / 10,
            verdict: end - reserve,
            guard: end - reserve * 3 / 4,
            report: end - reserve / 10,
        }
    }

    /// Milliseconds since the invocation began.
    #[must_use]
    pub fn milliseconds(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
