use std::future::Future;
use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;

use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::confirm::confirm;
use crate::identity::Identity;
use crate::repeat::Asking;
use crate::route::Route;
use crate::verdict::{RouteResult, Verdict};

/// Most threads that search; a function has seldom more than one processor.
const SEARCHES: usize = 2;

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
/// A route that passes is asked some times more: every one of these answers must pass as well. Never panics because of
/// a check: one that breaks is a failed route. Must run inside a Tokio runtime with time and I/O.
pub async fn check_routes<F>(plan: Plan, identity: F) -> Verdict
where
    F: Future<Output = Identity> + Send + 'static,
{
    let started = Instant::now();
    let (known, channel) = watch::channel(None);
    let lookup = tokio::spawn(async move { known.send(Some(identity.await)) });
    let searches = Arc::new(Semaphore::new(SEARCHES));
    let asking = Asking { base: Arc::new(plan.base), identity: channel, deadline: plan.deadline, searches };
    let routes = confirm(plan.checks.into_iter().map(Route::new).collect(), &asking).await;
    lookup.abort();
    let results = routes.into_iter().map(|route| RouteResult::of(&route.check, &asking.base, route.attempts));
    Verdict::of(results.collect(), started.elapsed())
}
