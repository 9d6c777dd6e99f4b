use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use super::{Reply, Server};

/// A Lambda runtime API with one invocation to give away, which ends `limit` after it was taken.
pub fn start(event: String, limit: Duration) -> Server {
    let given = AtomicBool::new(false);
    Server::start(move |request| match request.method.as_str() {
        "POST" => Reply::status(202),
        _ if given.swap(true, Ordering::SeqCst) => Reply::Hang,
        _ => invocation(&event, SystemTime::now() + limit),
    })
}

fn invocation(event: &str, deadline: SystemTime) -> Reply {
    let deadline = deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis().to_string();
    Reply::status(200)
        .header("lambda-runtime-aws-request-id", "4d6e0f1c-0000-4000-8000-000000000001")
        .header("lambda-runtime-deadline-ms", &deadline)
        .header("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:123456789012:function:hook")
        .body(event)
}
