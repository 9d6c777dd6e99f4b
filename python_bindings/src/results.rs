use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// The verdict as the dataclasses of `route_check.results`.
pub fn verdict(py: Python<'_>, verdict: check::Verdict) -> PyResult<Bound<'_, PyAny>> {
    let classes = py.import("route_check.results")?;
    let class = classes.getattr("RouteResult")?;
    let routes: Vec<_> = verdict.routes.into_iter().map(|route| result(&class, route)).collect::<PyResult<_>>()?;
    let fields = PyDict::new(py);
    fields.set_item("passed", verdict.passed)?;
    fields.set_item("reason", verdict.reason)?;
    fields.set_item("milliseconds", milliseconds(verdict.duration))?;
    fields.set_item("routes", PyTuple::new(py, routes)?)?;
    classes.getattr("Verdict")?.call((), Some(&fields))
}

fn result<'py>(class: &Bound<'py, PyAny>, route: check::RouteResult) -> PyResult<Bound<'py, PyAny>> {
    let fields = PyDict::new(class.py());
    fields.set_item("name", route.name)?;
    fields.set_item("method", route.method)?;
    fields.set_item("path", route.path)?;
    fields.set_item("url", route.url)?;
    fields.set_item("passed", route.passed)?;
    fields.set_item("expected", route.expected)?;
    fields.set_item("got", route.got)?;
    fields.set_item("task_definition", route.task_definition)?;
    fields.set_item("attempts", route.attempts)?;
    fields.set_item("milliseconds", milliseconds(route.duration))?;
    fields.set_item("reason", route.reason)?;
    class.call((), Some(&fields))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
