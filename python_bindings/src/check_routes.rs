use std::time::Duration;

use pyo3::prelude::*;
use tokio::time::interval;

use crate::call::Call;
use crate::results;

/// Checks all routes under `url` at once and repeats what fails until `budget` seconds are over.
#[pyfunction]
#[pyo3(signature = (url, checks, expected_task_definition = None, budget = 30.0))]
pub fn check_routes<'py>(
    py: Python<'py>,
    url: &str,
    checks: &Bound<'py, PyAny>,
    expected_task_definition: Option<String>,
    budget: f64,
) -> PyResult<Bound<'py, PyAny>> {
    let call = Call::read(url, checks, expected_task_definition, budget)?;
    let verdict = py.detach(|| call.run(interrupted()))?;
    results::verdict(py, verdict)
}

/// Ends when Python has a signal to raise: Ctrl-C must not wait for the budget.
async fn interrupted() -> PyErr {
    let mut ticks = interval(Duration::from_millis(100));
    loop {
        ticks.tick().await;
        // The method itself is not general enough for the compiler.
        #[allow(clippy::redundant_closure_for_method_calls)]
        let raised = Python::attach(|py| py.check_signals());
        if let Err(error) = raised {
            return error;
        }
    }
}
