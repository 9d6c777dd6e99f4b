use pyo3::exceptions::PyValueError;

pyo3::create_exception!(
    route_check,
    CheckListError,
    PyValueError,
    "A check list that cannot be used; the message names the check and the field."
);
