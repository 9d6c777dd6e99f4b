use check::Check;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::CheckListError;

/// Raises `CheckListError` when `checks` is not a usable check list.
#[pyfunction]
pub fn validate(checks: &Bound<'_, PyAny>) -> PyResult<()> {
    parse(checks).map(drop)
}

/// Reads JSON text, or anything that Python's own json writes as an array of checks.
pub fn parse(checks: &Bound<'_, PyAny>) -> PyResult<Vec<Check>> {
    let text = match checks.cast::<PyString>() {
        Ok(text) => text.to_string(),
        Err(_) => dump(checks)?,
    };
    check::parse(&text).map_err(|error| CheckListError::new_err(error.to_string()))
}

fn dump(checks: &Bound<'_, PyAny>) -> PyResult<String> {
    let json = checks.py().import("json")?;
    let text =
        json.call_method1("dumps", (checks,)).map_err(|error| CheckListError::new_err(format!("no JSON: {error}")))?;
    text.extract()
}
