use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

/// What became of one route.
#[pyclass(frozen, get_all, eq, module = "route_check")]
#[derive(Clone, PartialEq, Eq)]
pub struct RouteResult {
    name: Option<String>,
    method: String,
    path: String,
    url: String,
    passed: bool,
    expected: String,
    got: String,
    task_definition: Option<String>,
    attempts: u32,
    milliseconds: u64,
    reason: String,
}

/// What became of all routes.
#[pyclass(frozen, eq, module = "route_check")]
#[derive(Clone, PartialEq, Eq)]
pub struct Verdict {
    #[pyo3(get)]
    passed: bool,
    #[pyo3(get)]
    reason: String,
    #[pyo3(get)]
    milliseconds: u64,
    routes: Vec<RouteResult>,
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl From<check::RouteResult> for RouteResult {
    fn from(route: check::RouteResult) -> Self {
        Self {
            name: route.name,
            method: route.method,
            path: route.path,
            url: route.url,
            passed: route.passed,
            expected: route.expected,
            got: route.got,
            task_definition: route.task_definition,
            attempts: route.attempts,
            milliseconds: milliseconds(route.duration),
            reason: route.reason,
        }
    }
}

impl From<check::Verdict> for Verdict {
    fn from(verdict: check::Verdict) -> Self {
        Self {
            passed: verdict.passed,
            reason: verdict.reason,
            milliseconds: milliseconds(verdict.duration),
            routes: verdict.routes.into_iter().map(RouteResult::from).collect(),
        }
    }
}

#[pymethods]
impl RouteResult {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let Self { method, url, attempts, milliseconds, .. } = self;
        let outcome = outcome(py, self.passed, &self.reason)?;
        Ok(format!("<RouteResult {method} {url} {outcome}, attempts={attempts}, milliseconds={milliseconds}>"))
    }
}

#[pymethods]
impl Verdict {
    /// One result a check, in the order of the check list.
    #[getter]
    fn routes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.routes.clone())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let outcome = outcome(py, self.passed, &self.reason)?;
        Ok(format!("<Verdict {outcome}, routes={}, milliseconds={}>", self.routes.len(), self.milliseconds))
    }
}

fn outcome(py: Python<'_>, passed: bool, reason: &str) -> PyResult<String> {
    if passed {
        return Ok("passed".to_owned());
    }
    Ok(format!("failed, reason={}", PyString::new(py, reason).repr()?))
}
