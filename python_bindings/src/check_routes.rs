use std::time::Duration;

use check::{BaseUrl, Identity, Plan};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use tokio::time::{Instant, interval};

use crate::checks;
use crate::result::Verdict;

/// Longest budget: beyond it, adding to the clock could overflow.
const LONGEST_BUDGET: f64 = 86_400.0;

/// Checks all routes under `url` at once and repeats what fails until `budget` seconds are over.
#[pyfunction]
#[pyo3(signature = (url, checks, *, expected_task_definition = None, budget = 30.0))]
pub fn check_routes(
    py: Python<'_>,
    url: &str,
    checks: &Bound<'_, PyAny>,
    expected_task_definition: Option<String>,
    budget: f64,
) -> PyResult<Verdict> {
    let checks = checks::parse(checks)?;
    let base = BaseUrl::parse(url).map_err(|error| PyValueError::new_err(format!("url: {error}")))?;
    let budget = read_budget(budget)?;
    let identity = expected_task_definition.map_or(Identity::NotAsked, Identity::Expected);
    py.detach(|| run(base, checks, identity, budget))
}

fn read_budget(seconds: f64) -> PyResult<Duration> {
    if seconds > 0.0 && seconds <= LONGEST_BUDGET {
        return Ok(Duration::from_secs_f64(seconds));
    }
    let message = format!("budget: found {seconds}, allowed: seconds above 0, at most {LONGEST_BUDGET}");
    Err(PyValueError::new_err(message))
}

fn run(base: BaseUrl, checks: Vec<check::Check>, identity: Identity, budget: Duration) -> PyResult<Verdict> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| PyRuntimeError::new_err(format!("no runtime: {error}")))?;
    let verdict = runtime.block_on(async {
        let plan = Plan { base, checks, deadline: Instant::now() + budget };
        tokio::select! {
            verdict = check::check_routes(plan, async { identity }) => Ok(verdict.into()),
            interruption = interrupted() => Err(interruption),
        }
    });
    // A resolver that hangs sits in a thread that dropping the runtime would wait for.
    runtime.shutdown_background();
    verdict
}

/// Ends when Python has a signal to raise: Ctrl-C must not wait for the budget.
async fn interrupted() -> PyErr {
    let mut ticks = interval(Duration::from_millis(100));
    loop {
        ticks.tick().await;
        if let Err(error) = Python::attach(|py| py.check_signals()) {
            return error;
        }
    }
}
