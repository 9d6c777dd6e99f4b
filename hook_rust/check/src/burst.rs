use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::at_once::at_once;
use crate::repeat::{Asking, once};
use crate::route::Route;

/// How long a round waits for the one before: five of them stay within the 60 ms that a verdict may take beyond its
/// slowest route, and answers that come faster are asked for one after the other.
const PATIENCE: Duration = Duration::from_millis(8);

/// Asks all routes `rounds` times, or until a round fails. Rounds of slow routes overlap, so that all together take
/// hardly longer than one. A failure of any round stands.
pub(crate) async fn burst(mut routes: Vec<Route>, asking: &Asking, rounds: u32) -> Vec<Route> {
    let mut overlapping: Vec<JoinHandle<Vec<Route>>> = Vec::new();
    for _ in 0..rounds {
        let mut round = tokio::spawn(round(&routes, asking.clone()));
        match timeout(PATIENCE, &mut round).await {
            Ok(ended) => absorb(&mut routes, ended.unwrap_or_default()),
            Err(_) => overlapping.push(round),
        }
        let failed = routes.iter().any(|route| route.attempts.count > 0 && !route.passed());
        if failed || asking.is_over() {
            break;
        }
    }
    for round in overlapping {
        absorb(&mut routes, round.await.unwrap_or_default());
    }
    routes
}

fn round(routes: &[Route], asking: Asking) -> impl Future<Output = Vec<Route>> + Send + use<> {
    let fresh = routes.iter().map(|route| Route::new(Arc::clone(&route.check))).collect();
    at_once(fresh, move |route| once(asking.clone(), route))
}

fn absorb(routes: &mut [Route], ended: Vec<Route>) {
    for (route, other) in routes.iter_mut().zip(ended) {
        route.attempts.absorb(other.attempts);
    }
}
