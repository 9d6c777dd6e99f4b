use serde_json::Value;

/// The two ids that a report must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    pub deployment_id: String,
    pub execution_id: String,
}

/// What the function was invoked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// CodeDeploy calls its hook. Keys beside the two ids are tolerated.
    Hook(Execution),
    /// The ids can be read, but not where CodeDeploy puts them: nothing can be trusted, and Failed be reported.
    Malformed(Execution),
    /// `{"probe": true}`: asks how the hook is set up, without a deployment.
    Probe,
    /// No ids: there is nobody to report to.
    Unreadable,
}

const DEPLOYMENT_ID: &str = "DeploymentId";
const EXECUTION_ID: &str = "LifecycleEventHookExecutionId";

impl Event {
    pub fn read(payload: &Value) -> Self {
        let id = |key| payload.get(key).and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned);
        if let (Some(deployment_id), Some(execution_id)) = (id(DEPLOYMENT_ID), id(EXECUTION_ID)) {
            return Self::Hook(Execution { deployment_id, execution_id });
        }
        match (search(payload, DEPLOYMENT_ID), search(payload, EXECUTION_ID)) {
            (Some(deployment_id), Some(execution_id)) => Self::Malformed(Execution { deployment_id, execution_id }),
            _ if payload.get("probe") == Some(&Value::Bool(true)) => Self::Probe,
            _ => Self::Unreadable,
        }
    }
}

/// The first id of that name anywhere in the payload, also in JSON inside a string.
fn search(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::Object(object) => {
            let own = object.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).and_then(|(_, id)| id_text(id));
            own.or_else(|| object.values().find_map(|value| search(value, key)))
        }
        Value::Array(values) => values.iter().find_map(|value| search(value, key)),
        Value::String(text) => search(&serde_json::from_str(text).ok().filter(Value::is_object)?, key),
        _ => None,
    }
}

fn id_text(value: &Value) -> Option<String> {
    match value {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        Value::Array(ids) => ids.iter().find_map(id_text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn execution() -> Execution {
        Execution { deployment_id: "d-1".to_owned(), execution_id: "e-1".to_owned() }
    }

    #[test]
    fn keys_beside_the_ids_are_tolerated() {
        let payload = json!({"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1", "Combined": {"a": [1]}});
        assert_eq!(Event::read(&payload), Event::Hook(execution()));
    }

    #[test]
    fn ids_in_a_wrapper_or_in_a_string_are_found() {
        let ids = json!({"deploymentId": "d-1", "lifecycleEventHookExecutionId": ["e-1"]});
        assert_eq!(Event::read(&json!({"detail": [ids]})), Event::Malformed(execution()));
        assert_eq!(Event::read(&json!(ids.to_string())), Event::Malformed(execution()));
    }

    #[test]
    fn a_probe_with_ids_is_no_probe() {
        let payload = json!({"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1", "probe": true});
        assert_eq!(Event::read(&payload), Event::Hook(execution()));
        assert_eq!(Event::read(&json!({"probe": true})), Event::Probe);
    }

    #[test]
    fn without_both_ids_there_is_nobody_to_report_to() {
        for payload in [json!({}), json!([]), json!({"DeploymentId": "d-1"}), json!({"probe": "yes"})] {
            assert_eq!(Event::read(&payload), Event::Unreadable);
        }
    }
}
