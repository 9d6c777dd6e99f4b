use std::panic::resume_unwind;
use std::sync::Arc;

use tokio::task::spawn_blocking;
use tokio::time::timeout_at;

use crate::answer::Answer;
use crate::check_list::Check;
use crate::failure::{Failure, FailureKind};
use crate::repeat::Asking;

/// Judges an answer by what the check list says of it.
///
/// A regular expression searches on a thread of its own: on this one it would hold up every deadline.
pub(crate) async fn expectations(answer: &Arc<Answer>, check: &Arc<Check>, asking: &Asking) -> Result<(), Failure> {
    if !check.computes() {
        return judge(answer, check);
    }
    let (answer, check) = (Arc::clone(answer), Arc::clone(check));
    let Ok(Ok(permit)) = timeout_at(asking.deadline, Arc::clone(&asking.searches).acquire_owned()).await else {
        return Err(endless());
    };
    let search = spawn_blocking(move || {
        let _held = permit;
        judge(&answer, &check)
    });
    match timeout_at(asking.deadline, search).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(broken)) => resume_unwind(broken.into_panic()),
        Err(_) => Err(endless()),
    }
}

pub(crate) fn judge(answer: &Answer, check: &Check) -> Result<(), Failure> {
    if answer.status != check.status {
        return Err(Failure::answer(format!("status {}", check.status), format!("status {}", answer.status)));
    }
    check.header.as_ref().map_or(Ok(()), |header| header.judge(answer))?;
    check.body.as_ref().map_or(Ok(()), |body| body.judge(answer))
}

fn endless() -> Failure {
    let failure = Failure::new(FailureKind::Budget, "a whole search", "no end of it");
    failure.because("the regular expression was still searching when the budget ended".to_owned())
}
