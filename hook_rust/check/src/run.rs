use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinError, JoinHandle};
use tokio::time::Instant;

use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::failure::{Failure, FailureKind};
use crate::identity::Identity;
use crate::repeat::repeat;
use crate::verdict::{Attempts, RouteResult, Verdict};

/// What is to be checked, where, and until when.
#[derive(Debug, Clone)]
pub struct Plan {
    pub base: BaseUrl,
    pub checks: Vec<Check>,
    /// Attempts are repeated until then; the verdict stands at that instant at the latest.
    pub deadline: Instant,
}

/// Checks all routes at once, while `identity` is still finding out which revision must answer.
///
/// Never panics because of a check: one that breaks is a failed route. Must run inside a Tokio runtime with time and I/O.
pub async fn check_routes<F>(plan: Plan, identity: F) -> Verdict
where
    F: Future<Output = Identity> + Send + 'static,
{
    let (known, channel) = watch::channel(None);
    let lookup = tokio::spawn(async move { known.send(Some(identity.await)) });
    let base = Arc::new(plan.base);
    let verdict = gather(&base, plan.checks, |check| {
        let (base, channel) = (Arc::clone(&base), channel.clone());
        async move { repeat(&base, &check, channel, plan.deadline).await }
    })
    .await;
    lookup.abort();
    verdict
}

/// Runs a task for every check: what panics in one stays in it.
async fn gather<R>(base: &BaseUrl, checks: Vec<Check>, run: impl Fn(Check) -> R) -> Verdict
where
    R: Future<Output = Attempts> + Send + 'static,
{
    let started = Instant::now();
    let tasks: Vec<(Check, JoinHandle<Attempts>)> =
        checks.into_iter().map(|check| (check.clone(), tokio::spawn(run(check)))).collect();
    let mut routes = Vec::with_capacity(tasks.len());
    for (check, task) in tasks {
        let attempts = task.await.unwrap_or_else(|error| broken(error, started.elapsed()));
        routes.push(RouteResult::of(&check, base.url(&check.path), attempts));
    }
    Verdict::of(routes, started.elapsed())
}

fn broken(error: JoinError, duration: Duration) -> Attempts {
    let got = match error.try_into_panic() {
        Ok(payload) => panic_message(payload.as_ref()),
        Err(error) => error.to_string(),
    };
    let failure = Failure::new(FailureKind::Panic, "a whole check", got.clone());
    let outcome = Err(failure.because(format!("the check itself broke: {got}")));
    Attempts { count: 0, duration, task_definition: None, outcome }
}

fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.map_or_else(|| "panic".to_owned(), |text| format!("panic: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check_list::default_list;

    #[tokio::test]
    async fn a_check_that_panics_fails_its_route_and_no_other() {
        let base = BaseUrl::parse("http://127.0.0.1:1").unwrap();
        let verdict = gather(&base, default_list(), |check| async move {
            assert_ne!(check.path, "/two", "a bug in the check");
            Attempts { count: 1, duration: Duration::ZERO, task_definition: None, outcome: Ok(()) }
        })
        .await;
        assert!(!verdict.passed);
        assert_eq!(verdict.routes.iter().map(|route| route.passed).collect::<Vec<_>>(), [true, false, true]);
        assert!(verdict.reason.starts_with("/two: the check itself broke: panic: "), "{}", verdict.reason);
        assert!(verdict.reason.contains("a bug in the check"), "{}", verdict.reason);
    }
}
