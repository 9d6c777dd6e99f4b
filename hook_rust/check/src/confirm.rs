use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::at_once::at_once;
use crate::burst::burst;
use crate::failure::{Failure, FailureKind};
use crate::repeat::{Asking, once, repeat};
use crate::route::Route;

/// Rounds that must pass after every route has passed: a listener that mixes revisions shows it when asked again. With
/// three routes, one stray answer in ten then shows itself in 85 of 100 verdicts, for two milliseconds each.
const ROUNDS: u32 = 5;
/// The same once another revision has answered, and so many more each time that a round finds one again: a listener
/// that spreads settles, one that mixes never gets there.
const ROUNDS_AFTER_STRAY: u32 = 10;
/// Between those: a rule spreads over a load balancer's nodes in seconds, so rounds in a row could all meet one node.
const PAUSE_AFTER_STRAY: Duration = Duration::from_millis(50);

/// How far the routes are from being believed.
#[derive(Debug, Default)]
struct Confirmation {
    /// Rounds in a row in which every answer passed.
    clean: u32,
    /// Rounds in which another revision answered.
    relapses: u32,
}

impl Confirmation {
    fn is_enough(&self, strayed: bool) -> bool {
        self.clean >= if strayed { ROUNDS_AFTER_STRAY * (1 + self.relapses) } else { ROUNDS }
    }

    fn count(&mut self, routes: &[Route], rounds: u32) {
        if all_passed(routes) {
            self.clean += rounds;
            return;
        }
        self.clean = 0;
        self.relapses += u32::from(routes.iter().any(Route::is_astray));
    }
}

/// Asks all routes so often that they can be believed. Where an answer fails, repeats what fails until all routes pass,
/// then asks them all again, in rounds in which every answer must pass. A round that does not goes back to repeating.
pub(crate) async fn confirm(mut routes: Vec<Route>, asking: &Asking) -> Vec<Route> {
    let mut confirmation = Confirmation::default();
    routes = burst(routes, asking, 1 + ROUNDS).await;
    confirmation.clean = if all_passed(&routes) { ROUNDS } else { 0 };
    loop {
        routes = at_once(routes, |route| repeat(asking.clone(), route)).await;
        let strayed = routes.iter().any(|route| route.attempts.strayed());
        if !all_passed(&routes) || asking.is_over() {
            return unconfirmed(routes);
        }
        if confirmation.is_enough(strayed) {
            return routes;
        }
        let rounds = if strayed { 1 } else { ROUNDS };
        if strayed {
            sleep_until(asking.deadline.min(Instant::now() + PAUSE_AFTER_STRAY)).await;
            routes = at_once(routes, |route| once(asking.clone(), route)).await;
        } else {
            routes = burst(routes, asking, rounds).await;
        }
        confirmation.count(&routes, rounds);
    }
}

fn all_passed(routes: &[Route]) -> bool {
    routes.iter().all(Route::passed)
}

/// A last answer that passed hides what answered before it: a route that strayed has failed.
fn unconfirmed(mut routes: Vec<Route>) -> Vec<Route> {
    for route in routes.iter_mut().filter(|route| route.passed() || route.is_astray()) {
        if let Some(failure) = route.attempts.in_turn() {
            route.attempts.outcome = Err(failure);
        }
    }
    if all_passed(&routes) {
        routes.iter_mut().for_each(|route| route.attempts.outcome = Err(too_late()));
    }
    routes
}

fn too_late() -> Failure {
    let failure = Failure::new(FailureKind::Budget, "the same answer when asked again", "no time to ask again");
    failure.because("passed, but the budget ended before it was confirmed".to_owned())
}
