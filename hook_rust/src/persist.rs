use std::time::Duration;

use aws_sdk_codedeploy::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use tokio::time::{Instant, sleep, timeout};

/// How a call to CodeDeploy failed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallError {
    /// CodeDeploy's error code, when it answered.
    pub code: Option<String>,
    pub message: String,
}

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Even an invocation that comes too late gets one attempt.
const SHORTEST_ATTEMPT: Duration = Duration::from_millis(500);

/// Calls until there is an answer that repeating cannot change, or `deadline` comes.
pub(crate) async fn persist<T, E, F>(deadline: Instant, call: impl Fn() -> F) -> Result<T, CallError>
where
    F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let mut pause = FIRST_PAUSE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now()).max(SHORTEST_ATTEMPT);
        // Boxed: the SDK's futures nest deeper than the compiler follows.
        let error = match timeout(left, Box::pin(call())).await {
            Ok(Ok(output)) => return Ok(output),
            Ok(Err(error)) if !passing(&error) => return Err(describe(&error)),
            Ok(Err(error)) => describe(&error),
            Err(_) => CallError { code: None, message: "CodeDeploy did not answer in time".to_owned() },
        };
        if Instant::now() + pause >= deadline {
            return Err(error);
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Throttling, errors of the server's own and of the network may pass; a refusal stays.
fn passing<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::ServiceError(answer) => {
            let code = answer.err().code().unwrap_or_default();
            answer.raw().status().as_u16() >= 500 || code.contains("Throttl") || code == "RequestLimitExceeded"
        }
        SdkError::ConstructionFailure(_) => false,
        _ => true,
    }
}

fn describe<E>(error: &SdkError<E, HttpResponse>) -> CallError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let code = error.code().map(str::to_owned);
    let message = match (error, &code) {
        (SdkError::ServiceError(_), Some(code)) => format!("{code}: {}", error.message().unwrap_or("no message")),
        _ => DisplayErrorContext(error).to_string(),
    };
    CallError { code, message }
}
