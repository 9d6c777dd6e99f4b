use serde_json::{Value, json};

use super::{Reply, Request, Server};

pub const ARN: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:5";

/// CodeDeploy with one deployment, of `rust-blue-green:5`. `before` may answer in its place.
pub struct CodeDeploy;

impl CodeDeploy {
    pub fn start(before: impl Fn(&str, &Request) -> Option<Reply> + Send + Sync + 'static) -> Server {
        Server::start(move |request| {
            let operation = operation(request);
            before(&operation, request).unwrap_or_else(|| answer(&operation, &request.body))
        })
    }

    /// The reports that arrived so far.
    pub fn reports(server: &Server) -> Vec<Value> {
        let puts = server.requests.try_iter().filter(|request| operation(request).starts_with("PutLifecycle"));
        puts.map(|request| serde_json::from_str(&request.body).unwrap()).collect()
    }
}

/// An error as CodeDeploy gives it.
pub fn refuse(status: u16, code: &str) -> Reply {
    Reply::status(status).body(&json!({"__type": code, "message": "a fake's words"}).to_string())
}

/// What GetDeployment tells of a deployment of `abc` after one of `previous`, both hashes of an AppSpec.
pub fn deployment(previous: &str) -> Value {
    json!({"deploymentInfo": {
        "deploymentId": "d-123456789",
        "applicationName": "app",
        "revision": revision(&json!({"sha256": "abc"})),
        "previousRevision": revision(&json!({"sha256": previous})),
    }})
}

fn revision(content: &Value) -> Value {
    json!({"revisionType": "AppSpecContent", "appSpecContent": content})
}

fn operation(request: &Request) -> String {
    request.header("x-amz-target").unwrap().rsplit('.').next().unwrap().to_owned()
}

fn answer(operation: &str, body: &str) -> Reply {
    let app_spec =
        format!("version: 0.0\nResources:\n- TargetService:\n    Properties:\n      TaskDefinition: {ARN}\n");
    let body: Value = serde_json::from_str(body).unwrap();
    let answer = match operation {
        "GetDeployment" => deployment("def"),
        "GetApplicationRevision" if body["revision"]["appSpecContent"]["sha256"] == "abc" => {
            json!({"applicationName": "app", "revision": revision(&json!({"sha256": "abc", "content": app_spec}))})
        }
        "PutLifecycleEventHookExecutionStatus" => {
            json!({"lifecycleEventHookExecutionId": body["lifecycleEventHookExecutionId"]})
        }
        _ => return refuse(400, "InvalidInputException"),
    };
    Reply::status(200).body(&answer.to_string())
}
