use lambda_runtime::LambdaInvocation;
use serde_json::json;
use serde_json::value::RawValue;

/// Says in the log that an event is no JSON, which the runtime answers with an error before the hook sees anything.
#[must_use]
pub fn tell_unreadable(invocation: LambdaInvocation) -> LambdaInvocation {
    if let Err(error) = serde_json::from_slice::<&RawValue>(&invocation.body) {
        tell("no report: the event is no JSON", &invocation.body, &error.to_string());
    }
    invocation
}

/// Says in the log that an event names nobody to report to.
pub(crate) fn tell_no_ids(payload: &str) {
    tell("no report: the event has no ids", payload.as_bytes(), "no DeploymentId and LifecycleEventHookExecutionId");
}

/// A log line takes at most 256 KB, an event up to 6 MB.
fn tell(message: &str, event: &[u8], reason: &str) {
    const SHOWN: usize = 2_000;
    let shown = String::from_utf8_lossy(&event[..event.len().min(SHOWN)]);
    println!("{}", json!({"message": message, "event": shown, "bytes": event.len(), "reason": reason}));
}
