use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::sync::Notify;

use crate::call::Call;
use crate::results;

/// A call that runs in a thread of its own.
#[pyclass(frozen)]
pub struct Running(Arc<Notify>);

#[pymethods]
impl Running {
    /// Ends the call soon, and closes its connections. Does nothing when it has ended.
    fn stop(&self) {
        self.0.notify_one();
    }
}

/// Begins what `check_routes` does and returns at once. `deliver` gets the verdict, or the exception, in another thread.
#[pyfunction]
pub fn start(
    deliver: Py<PyAny>,
    url: &str,
    checks: &Bound<'_, PyAny>,
    expected_task_definition: Option<String>,
    budget: f64,
) -> PyResult<Running> {
    let call = Call::read(url, checks, expected_task_definition, budget)?;
    let stop = Arc::new(Notify::new());
    let stopped = Arc::clone(&stop);
    let run = move || hand_over(&deliver, run(call, &stopped));
    thread::Builder::new().name("route-check".to_owned()).spawn(run)?;
    Ok(Running(stop))
}

fn run(call: Call, stopped: &Notify) -> PyResult<check::Verdict> {
    let interruption = async {
        stopped.notified().await;
        PyRuntimeError::new_err("stopped")
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| call.run(interruption)));
    // Whoever waits must hear of it, or would wait for ever.
    outcome.unwrap_or_else(|_| Err(PyRuntimeError::new_err("the check itself broke")))
}

fn hand_over(deliver: &Py<PyAny>, outcome: PyResult<check::Verdict>) {
    // An interpreter that is shutting down has nobody left who waits.
    Python::try_attach(|py| {
        let outcome = outcome.and_then(|verdict| results::verdict(py, verdict));
        let outcome = outcome.unwrap_or_else(|error| error.into_value(py).into_bound(py).into_any());
        if let Err(error) = deliver.call1(py, (outcome,)) {
            error.write_unraisable(py, None);
        }
    });
}
