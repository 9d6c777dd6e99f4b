use std::sync::Arc;

use tokio::task::JoinError;

use crate::failure::{Failure, FailureKind};
use crate::route::Route;

/// Runs a task for every route: what panics in one stays in it.
pub(crate) async fn at_once<R>(routes: Vec<Route>, run: impl Fn(Route) -> R) -> Vec<Route>
where
    R: Future<Output = Route> + Send + 'static,
{
    let tasks: Vec<_> = routes.into_iter().map(|route| (Arc::clone(&route.check), tokio::spawn(run(route)))).collect();
    let mut routes = Vec::with_capacity(tasks.len());
    for (check, task) in tasks {
        routes.push(task.await.unwrap_or_else(|error| {
            let mut route = Route::new(check);
            route.attempts.outcome = Err(broken(error));
            route
        }));
    }
    routes
}

fn broken(error: JoinError) -> Failure {
    let got = match error.try_into_panic() {
        Ok(payload) => panic_message(payload.as_ref()),
        Err(error) => error.to_string(),
    };
    let failure = Failure::new(FailureKind::Panic, "a whole check", got.clone());
    failure.because(format!("the check itself broke: {got}"))
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
        let routes = at_once(default_list().into_iter().map(Route::new).collect(), |mut route| async move {
            assert_ne!(route.check.path, "/two", "a bug in the check");
            route.attempts.take(Ok(()));
            route
        })
        .await;
        assert_eq!(routes.iter().map(Route::passed).collect::<Vec<_>>(), [true, false, true]);
        let reason = &routes[1].attempts.outcome.as_ref().unwrap_err().reason;
        assert!(reason.starts_with("the check itself broke: panic: "), "{reason}");
        assert!(reason.contains("a bug in the check"), "{reason}");
        assert!(!routes[1].may_pass_later());
    }
}
