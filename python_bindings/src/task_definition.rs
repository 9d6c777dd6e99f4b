use pyo3::PyResult;
use pyo3::exceptions::PyValueError;

/// Takes `family:revision`, as ECS writes it: no answer could ever carry an ARN, or a variable that was left empty.
pub fn read(name: String) -> PyResult<String> {
    let (family, revision) = name.rsplit_once(':').unwrap_or_default();
    let named = !family.is_empty() && family.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    if named && !revision.is_empty() && revision.chars().all(|char| char.is_ascii_digit()) {
        return Ok(name);
    }
    Err(PyValueError::new_err(format!("expected_task_definition: found {name:?}, allowed: family:revision")))
}
