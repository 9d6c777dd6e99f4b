use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Map, Value};

/// The task definition that an AppSpec releases, as `<family>:<revision>`.
///
/// JSON or YAML, keys in any case: CodeDeploy takes both, and AWS's own tools write both.
///
/// # Errors
/// Says in words why the AppSpec does not name one.
pub(crate) fn task_definition(text: &str) -> Result<String, String> {
    let document = read(text)?;
    let resources = member(&document, "Resources").and_then(Value::as_array);
    let resources = resources.ok_or("the AppSpec has no list of Resources")?;
    let mut named = resources.iter().filter_map(Value::as_object).flat_map(Map::values).filter_map(named);
    match (named.next(), named.next()) {
        (Some(name), None) => revision(name),
        (None, _) => Err("no resource of the AppSpec has a TaskDefinition".to_owned()),
        (Some(_), Some(_)) => Err("the AppSpec has several resources with a TaskDefinition".to_owned()),
    }
}

fn named(resource: &Value) -> Option<&str> {
    member(member(resource, "Properties")?, "TaskDefinition")?.as_str()
}

fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.as_object()?.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

/// `<family>:<revision>` out of an ARN or of itself.
fn revision(name: &str) -> Result<String, String> {
    let short = name.rsplit('/').next().unwrap_or(name);
    let (family, revision) = short.rsplit_once(':').unwrap_or((short, ""));
    let numbered = !revision.is_empty() && revision.bytes().all(|byte| byte.is_ascii_digit());
    if numbered && !family.is_empty() && !family.contains(':') {
        return Ok(short.to_owned());
    }
    Err(format!("the AppSpec's TaskDefinition {name:?} names no revision"))
}

fn read(text: &str) -> Result<Value, String> {
    if let Ok(document) = serde_json::from_str(text) {
        return Ok(document);
    }
    let documents =
        Yaml::load_from_str(text).map_err(|error| format!("the AppSpec is neither JSON nor YAML: {error}"))?;
    documents.first().map(json).ok_or_else(|| "the AppSpec is empty".to_owned())
}

/// Only what a task definition can stand in is kept: numbers and the like become null.
fn json(node: &Yaml<'_>) -> Value {
    if let Some(text) = node.as_str() {
        return Value::from(text);
    }
    if let Some(sequence) = node.as_sequence() {
        return sequence.iter().map(json).collect();
    }
    let members = node.as_mapping().map(|mapping| {
        mapping.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), json(value)))).collect()
    });
    members.map_or(Value::Null, Value::Object)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:5";

    #[test]
    fn yaml_and_json_in_any_case_name_the_revision() {
        let yaml = format!(
            "version: 0.0\nresources:\n  - targetService:\n      type: AWS::ECS::Service\n      properties:\n        taskDefinition: {ARN}\n        LoadBalancerInfo: {{ContainerName: rust-api, ContainerPort: 3000}}\n"
        );
        let json = format!(
            r#"{{"version":0.0,"Resources":[{{"TargetService":{{"Properties":{{"TaskDefinition":"{ARN}"}}}}}}]}}"#
        );
        for text in [yaml, json] {
            assert_eq!(task_definition(&text), Ok("rust-blue-green:5".to_owned()));
        }
    }

    #[test]
    fn a_task_definition_without_revision_proves_nothing() {
        for name in ["rust-blue-green", "<TASK_DEFINITION>", "rust-blue-green:latest", ":5"] {
            let text = format!(r#"{{"Resources":[{{"S":{{"Properties":{{"TaskDefinition":"{name}"}}}}}}]}}"#);
            assert!(task_definition(&text).unwrap_err().contains(name));
        }
    }

    #[test]
    fn what_is_no_app_spec_says_so() {
        for text in ["", "a: [", "[]", r#"{"Resources":[]}"#] {
            assert!(task_definition(text).unwrap_err().contains("AppSpec"), "{text}");
        }
    }
}
