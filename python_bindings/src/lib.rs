//! Python module `route_check._native`: the hook's checks, without any logic of its own.

mod call;
mod check_routes;
mod checks;
mod error;
mod results;
mod start;
mod task_definition;

#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::call::validate_call;
    #[pymodule_export]
    use crate::check_routes::check_routes;
    #[pymodule_export]
    use crate::checks::validate;
    #[pymodule_export]
    use crate::error::CheckListError;
    #[pymodule_export]
    use crate::start::{Running, start};
}
