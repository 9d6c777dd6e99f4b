use aws_sdk_codedeploy::Client;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::configuration::Proof;
use crate::deadlines::Deadlines;
use crate::event::Execution;
use crate::report::report;
use crate::verdict::HookVerdict;

/// Waits for the verdict, logs it and reports it. A judge that panics or does not end in time means Failed.
///
/// # Errors
/// When CodeDeploy could not be told, so that Lambda repeats the invocation.
pub async fn conclude<F>(
    codedeploy: &Client,
    execution: &Execution,
    deadlines: Deadlines,
    proof: Proof,
    judge: F,
) -> Result<Value, String>
where
    F: Future<Output = HookVerdict> + Send + 'static,
{
    let verdict = guard(deadlines.guard, proof, judge).await;
    // Before the report: CodeDeploy goes on at once, and whoever watches it then looks for this line.
    let line = verdict.log_line(execution, deadlines.milliseconds());
    println!("{line}");
    let told = report(codedeploy, execution, verdict.passed, deadlines.report).await;
    told.map(|()| line).inspect_err(|why| say_untold(execution, &verdict, why))
}

/// In a task of its own, a panic ends the task and not the function.
async fn guard<F>(by: Instant, proof: Proof, judge: F) -> HookVerdict
where
    F: Future<Output = HookVerdict> + Send + 'static,
{
    match timeout_at(by, tokio::spawn(judge)).await {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(error)) => HookVerdict::failed(format!("the hook itself broke: {error}"), proof),
        Err(_) => HookVerdict::failed("the budget ended before the checks did", proof),
    }
}

fn say_untold(execution: &Execution, verdict: &HookVerdict, why: &str) {
    let Execution { deployment_id, execution_id } = execution;
    println!(
        "{}",
        json!({
            "message": "CodeDeploy was not told the verdict",
            "verdict": verdict.status(),
            "deployment_id": deployment_id,
            "execution_id": execution_id,
            "reason": why,
        })
    );
}
