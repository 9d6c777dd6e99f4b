use aws_sdk_codedeploy::Client;
use aws_sdk_codedeploy::types::LifecycleEventStatus;
use tokio::time::Instant;

use crate::event::Execution;
use crate::persist::persist;

/// Tells CodeDeploy the verdict, repeating until `deadline`.
///
/// An event that is already over counts as told: the first report stands, and a repeated one may have arrived before.
///
/// # Errors
/// Why CodeDeploy does not know the verdict, in words.
pub(crate) async fn report(
    codedeploy: &Client,
    execution: &Execution,
    passed: bool,
    deadline: Instant,
) -> Result<(), String> {
    let status = if passed { LifecycleEventStatus::Succeeded } else { LifecycleEventStatus::Failed };
    let put = || {
        codedeploy
            .put_lifecycle_event_hook_execution_status()
            .deployment_id(&execution.deployment_id)
            .lifecycle_event_hook_execution_id(&execution.execution_id)
            .status(status.clone())
            .send()
    };
    match persist(deadline, put).await {
        Ok(_) => Ok(()),
        Err(error) if error.code.as_deref() == Some("LifecycleEventAlreadyCompletedException") => Ok(()),
        Err(error) => Err(error.message),
    }
}
