use std::fmt;

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

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
/// Longest id in bytes that is taken for one; CodeDeploy's have some hundreds.
const LONGEST_ID: usize = 16 * 1024;
/// Longest event in bytes that is searched for ids: the search takes a multiple of it in memory. Lambda allows 6 MB.
const LONGEST_SEARCHED: usize = 256 * 1024;

impl Event {
    /// Reads the JSON text of an event, of any length and depth.
    pub fn read(payload: &str) -> Self {
        if let Some(execution) = serde_json::Deserializer::from_str(payload).deserialize_map(Top).ok().flatten() {
            return Self::Hook(execution);
        }
        let searched = (payload.len() <= LONGEST_SEARCHED).then(|| serde_json::from_str(payload).ok()).flatten();
        searched.map_or(Self::Unreadable, |payload| Self::search(&payload))
    }

    fn search(payload: &Value) -> Self {
        match (search(payload, DEPLOYMENT_ID), search(payload, EXECUTION_ID)) {
            (Some(deployment_id), Some(execution_id)) => Self::Malformed(Execution { deployment_id, execution_id }),
            _ if payload.get("probe") == Some(&Value::Bool(true)) => Self::Probe,
            _ => Self::Unreadable,
        }
    }
}

/// Reads the two ids where CodeDeploy puts them, and keeps nothing of what stands beside them.
struct Top;

impl<'de> Visitor<'de> for Top {
    type Value = Option<Execution>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object with both ids")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let (mut deployment_id, mut execution_id) = (None, None);
        while let Some((key, value)) = members.next_entry::<String, &RawValue>()? {
            match key.as_str() {
                DEPLOYMENT_ID => deployment_id = own_id(value),
                EXECUTION_ID => execution_id = own_id(value),
                _ => {}
            }
        }
        let ids = deployment_id.zip(execution_id);
        Ok(ids.map(|(deployment_id, execution_id)| Execution { deployment_id, execution_id }))
    }
}

fn own_id(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok().filter(|id: &String| is_id(id))
}

fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len())
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
        Value::String(id) => Some(id).filter(|id| is_id(id)).cloned(),
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
        assert_eq!(Event::read(&payload.to_string()), Event::Hook(execution()));
    }

    #[test]
    fn ids_in_a_wrapper_or_in_a_string_are_found() {
        let ids = json!({"deploymentId": "d-1", "lifecycleEventHookExecutionId": ["e-1"]});
        assert_eq!(Event::read(&json!({"detail": [ids]}).to_string()), Event::Malformed(execution()));
        assert_eq!(Event::read(&json!(ids.to_string()).to_string()), Event::Malformed(execution()));
    }

    #[test]
    fn a_probe_with_ids_is_no_probe() {
        let payload = json!({"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1", "probe": true});
        assert_eq!(Event::read(&payload.to_string()), Event::Hook(execution()));
        assert_eq!(Event::read(r#"{"probe": true}"#), Event::Probe);
    }

    #[test]
    fn without_both_ids_there_is_nobody_to_report_to() {
        for payload in [json!({}), json!([]), json!({"DeploymentId": "d-1"}), json!({"probe": "yes"})] {
            assert_eq!(Event::read(&payload.to_string()), Event::Unreadable);
        }
    }

    #[test]
    fn what_stands_beside_the_ids_may_be_deeper_than_any_parser_goes() {
        let deep = "[".repeat(50_000) + &"]".repeat(50_000);
        let payload = format!(r#"{{"DeploymentId": "d-1", "deep": {deep}, "LifecycleEventHookExecutionId": "e-1"}}"#);
        assert_eq!(Event::read(&payload), Event::Hook(execution()));
    }

    #[test]
    fn an_id_of_absurd_length_is_none() {
        let payload = json!({"DeploymentId": "d".repeat(LONGEST_ID + 1), "LifecycleEventHookExecutionId": "e-1"});
        assert_eq!(Event::read(&payload.to_string()), Event::Unreadable);
    }
}
