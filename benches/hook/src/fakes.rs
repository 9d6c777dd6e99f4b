use std::io::Result;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{park, sleep};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::http::{Request, answer, serve};

const TASK_DEFINITION: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:5";

/// What the fakes see, and when.
pub enum Seen {
    /// The hook asks for its first, second or later event, which it gets at once.
    Next,
    /// CodeDeploy is told this status.
    Told(String),
}

pub type Seeing = Sender<(Instant, Seen)>;

/// A runtime API with two events to give away, the second as soon as the first is answered.
pub fn runtime(seen: Seeing) -> Result<SocketAddr> {
    let given = AtomicUsize::new(0);
    serve(move |request| {
        if request.method == "POST" {
            return answer("", "");
        }
        if given.fetch_add(1, Ordering::SeqCst) > 1 {
            park();
        }
        let until = (SystemTime::now() + Duration::from_secs(30)).duration_since(UNIX_EPOCH).unwrap_or_default();
        let headers = format!(
            "lambda-runtime-aws-request-id: 1\r\nlambda-runtime-deadline-ms: {}\r\n\
             lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:123456789012:function:hook\r\n",
            until.as_millis()
        );
        let event = json!({"DeploymentId": "d-123456789", "LifecycleEventHookExecutionId": "eyJlbmNyeXB0ZWREYXRh"});
        tell(&seen, Seen::Next);
        answer(&headers, &event.to_string())
    })
}

/// CodeDeploy with one deployment; the report is also told to `seen`.
pub fn codedeploy(seen: Seeing) -> Result<SocketAddr> {
    let revision = json!({"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "abc"}});
    let deployment = json!({"deploymentInfo": {"applicationName": "app", "revision": revision}}).to_string();
    let app_spec = json!({"version": 0.0, "Resources": [
        {"TargetService": {"Properties": {"TaskDefinition": TASK_DEFINITION}}}
    ]});
    let content = json!({"sha256": "abc", "content": app_spec.to_string()});
    let revision = json!({"revision": {"revisionType": "AppSpecContent", "appSpecContent": content}}).to_string();
    serve(move |request| match request.target.as_deref() {
        Some("GetDeployment") => answer("", &deployment),
        Some("GetApplicationRevision") => answer("", &revision),
        _ => {
            tell(&seen, Seen::Told(status(request)));
            answer("", "{}")
        }
    })
}

fn status(request: &Request) -> String {
    let told: Value = serde_json::from_str(&request.body).unwrap_or_default();
    told["status"].as_str().unwrap_or_default().to_owned()
}

/// Routes that all answer from the revision under deployment, each time after `delay`.
pub fn routes(delay: Duration) -> Result<SocketAddr> {
    serve(move |_| {
        sleep(delay);
        answer("x-task-definition: rust-blue-green:5\r\n", r#"{"key": "route_one from Green"}"#)
    })
}

fn tell(seen: &Seeing, what: Seen) {
    // Nobody listens once a case is over.
    drop(seen.send((Instant::now(), what)));
}
