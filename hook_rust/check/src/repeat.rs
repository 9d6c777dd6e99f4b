use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use crate::answer::Answer;
use crate::attempt::attempt;
use crate::backoff::Backoff;
use crate::base_url::BaseUrl;
use crate::check_list::Check;
use crate::failure::{Failure, FailureKind};
use crate::identity::{self, Identity};
use crate::verdict::Attempts;

/// Asks until the route passes or the budget ends: targets warm up, and a moved listener takes seconds to spread.
pub(crate) async fn repeat(
    base: &BaseUrl,
    check: &Check,
    mut identity: watch::Receiver<Option<Identity>>,
    deadline: Instant,
) -> Attempts {
    let started = Instant::now();
    let mut backoff = Backoff::new();
    let mut state = Attempts {
        count: 0,
        duration: Duration::ZERO,
        task_definition: None,
        outcome: Err(Failure::new(FailureKind::Budget, format!("status {}", check.status), "no time for an attempt")),
    };
    while Instant::now() < deadline {
        once(&mut state, base, check, &mut identity, deadline).await;
        match &state.outcome {
            Err(failure) if failure.may_pass_later() => {
                sleep_until(deadline.min(Instant::now() + backoff.next())).await
            }
            _ => break,
        }
    }
    state.duration = started.elapsed();
    state
}

/// One attempt. One that the budget cut off says less than the failure before it, which then stands.
async fn once(
    state: &mut Attempts,
    base: &BaseUrl,
    check: &Check,
    identity: &mut watch::Receiver<Option<Identity>>,
    deadline: Instant,
) {
    state.count += 1;
    let left = deadline.saturating_duration_since(Instant::now());
    match timeout(check.timeout.min(left), attempt(base, check)).await {
        Ok(Ok(answer)) => {
            state.task_definition = identity::named(&answer.headers);
            state.outcome = judge(&answer, check, identity, deadline).await;
        }
        Ok(Err(failure)) => state.outcome = Err(failure),
        Err(_) if left < check.timeout && state.count > 1 => {}
        Err(_) => {
            let limit = check.timeout.min(left).as_millis();
            state.outcome = Err(Failure::no_answer(check.status, format!("no answer within {limit} ms")));
        }
    }
}

async fn judge(
    answer: &Answer,
    check: &Check,
    identity: &mut watch::Receiver<Option<Identity>>,
    deadline: Instant,
) -> Result<(), Failure> {
    if let Err(failure) = expectations(answer, check) {
        return Err(weightier(failure, answer, identity.borrow().as_ref()));
    }
    let Ok(identity) = timeout_at(deadline, identity::settled(identity)).await else {
        let reason = "the revision under deployment was not known before the budget ended".to_owned();
        return Err(Failure::new(FailureKind::IdentityUnknown, "a known revision", "none").because(reason));
    };
    identity::prove(&identity, &answer.headers)
}

fn expectations(answer: &Answer, check: &Check) -> Result<(), Failure> {
    if answer.status != check.status {
        return Err(Failure::answer(format!("status {}", check.status), format!("status {}", answer.status)));
    }
    check.header.as_ref().map_or(Ok(()), |header| header.judge(answer))?;
    check.body.as_ref().map_or(Ok(()), |body| body.judge(answer))
}

/// What another revision answers says nothing of the one under deployment, so that comes first. An answer without
/// identity may be the load balancer's own: its status says more than the missing header.
fn weightier(failure: Failure, answer: &Answer, identity: Option<&Identity>) -> Failure {
    match identity.map(|identity| identity::prove(identity, &answer.headers)) {
        Some(Err(proof)) if proof.kind != FailureKind::IdentityMissing => proof,
        _ => failure,
    }
}
