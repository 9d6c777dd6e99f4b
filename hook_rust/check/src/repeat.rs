use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use crate::answer::Answer;
use crate::attempt::attempt;
use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::expectations::expectations;
use crate::failure::{Failure, FailureKind};
use crate::identity::{self, Identity};
use crate::progress::Progress;
use crate::route::Route;

/// What all attempts share.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub base: Arc<BaseUrl>,
    /// None until it is known which revision must answer.
    pub identity: watch::Receiver<Option<Identity>>,
    pub deadline: Instant,
    /// Regular expressions that may search at once: rounds overlap, and searches that hang would starve all else.
    pub searches: Arc<Semaphore>,
}

impl Asking {
    pub fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }
}

/// Asks until the route passes or the budget ends: targets warm up, and a moved listener takes seconds to spread.
pub(crate) async fn repeat(asking: Asking, mut route: Route) -> Route {
    while route.may_pass_later() {
        if route.attempts.count > 0 {
            sleep_until(asking.deadline.min(Instant::now() + route.backoff.next())).await;
        }
        if asking.is_over() {
            break;
        }
        route = once(asking.clone(), route).await;
    }
    route
}

/// One attempt. One that the budget cut off says less than the outcome before it, which then stands.
pub(crate) async fn once(mut asking: Asking, mut route: Route) -> Route {
    let (check, attempts) = (&route.check, &mut route.attempts);
    attempts.count += 1;
    let left = asking.deadline.saturating_duration_since(Instant::now());
    let progress = Progress::default();
    match timeout(check.timeout.min(left), attempt(&asking.base, check, &progress)).await {
        Ok(Ok(answer)) => {
            attempts.task_definition = identity::named(&answer.headers);
            attempts.take(judge(&Arc::new(answer), check, &mut asking).await);
        }
        Ok(Err(failure)) => attempts.take(Err(failure)),
        Err(_) if left < check.timeout && attempts.count > 1 => {}
        Err(_) => {
            attempts.cut_off = left < check.timeout;
            let missing = progress.missing(check.timeout.min(left).as_millis());
            attempts.take(Err(Failure::no_answer(check.status, missing)));
        }
    }
    route
}

async fn judge(answer: &Arc<Answer>, check: &Arc<Check>, asking: &mut Asking) -> Result<(), Failure> {
    if let Err(failure) = expectations(answer, check, asking).await {
        return Err(weightier(failure, answer, asking.identity.borrow().as_ref()));
    }
    let Ok(identity) = timeout_at(asking.deadline, identity::settled(&mut asking.identity)).await else {
        let reason = "the revision under deployment was not known before the budget ended".to_owned();
        return Err(Failure::new(FailureKind::IdentityUnknown, "a known revision", "none").because(reason));
    };
    identity::prove(&identity, &answer.headers)
}

/// What another revision answers says nothing of the one under deployment, so that comes first. An answer without
/// identity may be the load balancer's own: its status says more than the missing header.
fn weightier(failure: Failure, answer: &Answer, identity: Option<&Identity>) -> Failure {
    match identity.map(|identity| identity::prove(identity, &answer.headers)) {
        Some(Err(proof)) if proof.kind != FailureKind::IdentityMissing => proof,
        _ => failure,
    }
}
