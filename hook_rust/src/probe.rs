use std::time::Duration;

use aws_sdk_codedeploy::Client;
use check::BaseUrl;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::deadlines::Deadlines;
use crate::handle::Hook;
use crate::persist::{CallError, persist};

const LIMIT: Duration = Duration::from_secs(3);
/// Well-formed, and no deployment's: being told so proves that CodeDeploy is reached and the call allowed.
const NO_DEPLOYMENT: &str = "d-000000000";

/// How the hook is set up, and whether it reaches the listener and CodeDeploy.
pub(crate) async fn probe(hook: &Hook, deadlines: Deadlines) -> Value {
    let deadline = deadlines.verdict.min(Instant::now() + LIMIT);
    let configuration = match &hook.configuration {
        Err(error) => return json!({"configuration": {"error": error.to_string()}}),
        Ok(configuration) => configuration,
    };
    let (listener, codedeploy) =
        tokio::join!(listener(&configuration.base, deadline), call(&hook.codedeploy, deadline));
    json!({
        "configuration": {
            "alb_url": configuration.base.to_string(),
            "checks": configuration.checks.iter().map(ToString::to_string).collect::<Value>(),
            "identity_proof": configuration.proof.to_string(),
        },
        "listener": listener,
        "codedeploy": codedeploy,
    })
}

async fn listener(base: &BaseUrl, deadline: Instant) -> Value {
    match base.reach(deadline).await {
        Ok(()) => json!({"reached": true}),
        Err(reason) => json!({"reached": false, "reason": reason}),
    }
}

async fn call(codedeploy: &Client, deadline: Instant) -> Value {
    match persist(deadline, || codedeploy.get_deployment().deployment_id(NO_DEPLOYMENT).send()).await {
        Ok(_) => json!({"reached": true, "allowed": true}),
        Err(CallError { code: Some(code), message }) => {
            json!({"reached": true, "allowed": code == "DeploymentDoesNotExistException", "reason": message})
        }
        Err(CallError { code: None, message }) => json!({"reached": false, "allowed": false, "reason": message}),
    }
}
