use std::time::Duration;

use check::{BaseUrl, Check, Identity, Plan};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use tokio::time::Instant;

use crate::checks;
use crate::task_definition;

/// Longest budget: beyond it, adding to the clock could overflow.
const LONGEST_BUDGET: f64 = 86_400.0;

/// One call of `check_routes`: its arguments are read, nothing is asked yet.
pub struct Call {
    base: BaseUrl,
    checks: Vec<Check>,
    identity: Identity,
    budget: Duration,
}

impl Call {
    pub fn read(url: &str, checks: &Bound<'_, PyAny>, expected: Option<String>, budget: f64) -> PyResult<Self> {
        let checks = checks::parse(checks)?;
        let base = BaseUrl::parse(url).map_err(|error| PyValueError::new_err(format!("url: {error}")))?;
        let identity = expected.map(task_definition::read).transpose()?.map_or(Identity::NotAsked, Identity::Expected);
        Ok(Self { base, checks, identity, budget: read_budget(budget)? })
    }

    /// Checks on this very thread, until the verdict stands or `interruption` ends. Every connection is closed then.
    pub fn run(self, interruption: impl Future<Output = PyErr>) -> PyResult<check::Verdict> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| PyRuntimeError::new_err(format!("no runtime: {error}")))?;
        let Self { base, checks, identity, budget } = self;
        let verdict = runtime.block_on(async {
            let plan = Plan { base, checks, deadline: Instant::now() + budget };
            tokio::select! {
                verdict = check::check_routes(plan, async { identity }) => Ok(verdict),
                error = interruption => Err(error),
            }
        });
        // A resolver that hangs sits in a thread that dropping the runtime would wait for.
        runtime.shutdown_background();
        verdict
    }
}

/// Raises what `check_routes` would raise for these arguments, and asks nothing.
#[pyfunction]
pub fn validate_call(
    url: &str,
    checks: &Bound<'_, PyAny>,
    expected_task_definition: Option<String>,
    budget: f64,
) -> PyResult<()> {
    Call::read(url, checks, expected_task_definition, budget).map(drop)
}

fn read_budget(seconds: f64) -> PyResult<Duration> {
    if seconds > 0.0 && seconds <= LONGEST_BUDGET {
        return Ok(Duration::from_secs_f64(seconds));
    }
    let message = format!("budget: found {seconds}, allowed: seconds above 0, at most {LONGEST_BUDGET}");
    Err(PyValueError::new_err(message))
}
