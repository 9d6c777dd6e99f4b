use lambda_runtime::LambdaInvocation;
use serde_json::{Value, json};

/// Says in the log that an event is no JSON, which the runtime answers with an error before the hook sees anything.
#[must_use]
pub fn tell_unreadable(invocation: LambdaInvocation) -> LambdaInvocation {
    if let Err(error) = serde_json::from_slice::<Value>(&invocation.body) {
        let event = String::from_utf8_lossy(&invocation.body);
        let reason = error.to_string();
        println!("{}", json!({"message": "no report: the event is no JSON", "event": event, "reason": reason}));
    }
    invocation
}
