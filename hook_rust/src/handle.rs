use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use aws_sdk_codedeploy::Client;
use check::{Identity, Plan, check_routes};
use serde_json::Value;

use crate::conclude::conclude;
use crate::configuration::{Configuration, ConfigurationError, Proof};
use crate::deadlines::Deadlines;
use crate::event::{Event, Execution};
use crate::identity::{Revision, look_up};
use crate::probe::probe;
use crate::unreadable::tell_no_ids;
use crate::verdict::HookVerdict;

/// What one function keeps between invocations. A bad configuration is kept too: it is reported, not died of.
#[derive(Debug)]
pub struct Hook {
    pub configuration: Result<Configuration, ConfigurationError>,
    pub codedeploy: Client,
}

/// Answers one invocation; `killed` is when Lambda kills the function.
///
/// # Errors
/// When nobody could be told: the payload has no ids, or CodeDeploy took no report.
pub async fn handle(hook: Arc<Hook>, payload: &str, killed: SystemTime) -> Result<Value, String> {
    let deadlines = Deadlines::until(killed);
    let proof = hook.configuration.as_ref().map_or(Proof::Required, |configuration| configuration.proof);
    match Event::read(payload) {
        Event::Hook(execution) => {
            let judge = judge(Arc::clone(&hook), execution.clone(), deadlines);
            conclude(&hook.codedeploy, &execution, deadlines, proof, judge).await
        }
        Event::Malformed(execution) => {
            let verdict =
                HookVerdict::failed("the event is malformed: the ids are not where CodeDeploy puts them", proof);
            conclude(&hook.codedeploy, &execution, deadlines, proof, std::future::ready(verdict)).await
        }
        Event::Probe => Ok(probe(&hook, deadlines).await),
        Event::Unreadable => {
            tell_no_ids(payload);
            Err("the event has no DeploymentId and LifecycleEventHookExecutionId".to_owned())
        }
    }
}

async fn judge(hook: Arc<Hook>, execution: Execution, deadlines: Deadlines) -> HookVerdict {
    let Configuration { base, checks, proof } = match &hook.configuration {
        Ok(configuration) => configuration.clone(),
        Err(error) => return HookVerdict::failed(format!("bad configuration: {error}"), Proof::Required),
    };
    let expected = Arc::new(OnceLock::new());
    let plan = Plan { base, checks, deadline: deadlines.verdict };
    let verdict = check_routes(plan, identity(hook, execution, proof, deadlines, Arc::clone(&expected))).await;
    HookVerdict::of(verdict, expected.get(), proof)
}

/// Keeps what it finds in `expected`, for the log line.
async fn identity(
    hook: Arc<Hook>,
    execution: Execution,
    proof: Proof,
    deadlines: Deadlines,
    expected: Arc<OnceLock<Revision>>,
) -> Identity {
    if proof == Proof::Off {
        return Identity::NotAsked;
    }
    match look_up(hook.codedeploy.clone(), execution.deployment_id, deadlines.look_up).await {
        Ok(revision) => Identity::Expected(expected.get_or_init(|| revision).name.clone()),
        Err(why) => Identity::Unknown(why),
    }
}
