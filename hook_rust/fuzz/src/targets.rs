use check::Identity;
use hyper::header::{HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};

use crate::app_spec::task_definition;
use crate::event::Event;

/// Longest reason: what a person reads at night, and a log line that Lambda keeps whole.
const LONGEST_REASON: usize = 16 * 1024;

/// Something that reads input and panics when it has misread it.
pub type Target = fn(&[u8]);

/// All of them, by the names of their folders in the corpus.
#[must_use]
pub fn targets() -> [(&'static str, Target); 5] {
    [
        ("app_spec", app_spec),
        ("body_expectation", body_expectation),
        ("check_list", check_list),
        ("event", event),
        ("identity", identity),
    ]
}

#[must_use]
pub fn by_name(name: &str) -> Option<Target> {
    targets().into_iter().find(|(known, _)| *known == name).map(|(_, target)| target)
}

fn app_spec(input: &[u8]) {
    match task_definition(&String::from_utf8_lossy(input)) {
        Ok(name) => assert!(name.rsplit_once(':').is_some_and(|(family, revision)| {
            !family.is_empty() && !revision.is_empty() && revision.bytes().all(|byte| byte.is_ascii_digit())
        })),
        Err(reason) => assert_readable(&reason),
    }
}

/// The first line is the `body` field of a check, the rest the body that came.
fn body_expectation(input: &[u8]) {
    let (field, body) = split(input);
    let list = format!(r#"[{{"path": "/", "body": {}}}]"#, String::from_utf8_lossy(field));
    match check::parse(&list) {
        Ok(checks) => checks.iter().for_each(|check| {
            let mut response = Response::new(body.to_vec());
            *response.status_mut() = StatusCode::OK;
            if let Err(reason) = check.judge(response) {
                assert_readable(&reason);
            }
        }),
        Err(error) => assert_readable(&error.to_string()),
    }
}

fn check_list(input: &[u8]) {
    match check::parse(&String::from_utf8_lossy(input)) {
        Ok(checks) => assert!((1..=100).contains(&checks.len())),
        Err(error) => assert_readable(&error.to_string()),
    }
}

fn event(input: &[u8]) {
    if let Some((deployment_id, execution_id)) = ids(&String::from_utf8_lossy(input)) {
        assert!(!deployment_id.is_empty() && !execution_id.is_empty());
        assert!(deployment_id.len().max(execution_id.len()) <= 16 * 1024);
    }
}

/// The deployment and the execution that an event names, as the hook reads it.
#[must_use]
pub fn ids(event: &str) -> Option<(String, String)> {
    match Event::read(event) {
        Event::Hook(execution) | Event::Malformed(execution) => Some((execution.deployment_id, execution.execution_id)),
        Event::Probe | Event::Unreadable => None,
    }
}

/// The first line is the revision under deployment, each further one an `x-task-definition` header that came.
fn identity(input: &[u8]) {
    let (revision, rest) = split(input);
    let revision = String::from_utf8_lossy(revision).into_owned();
    let mut headers = HeaderMap::new();
    let values = rest.split(|byte| *byte == b'\n').filter_map(|line| HeaderValue::from_bytes(line).ok());
    for value in values.take(100) {
        headers.append(check::IDENTITY_HEADER, value);
    }
    let named: Vec<_> = headers.get_all(check::IDENTITY_HEADER).iter().map(HeaderValue::as_bytes).collect();
    let proven = named == [revision.as_bytes()];
    match Identity::Expected(revision).prove(&headers) {
        Ok(()) => assert!(proven, "{named:?} proved nothing"),
        Err(reason) => assert!(!proven && !reason.is_empty(), "{reason}"),
    }
}

fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    (&input[..end], input.get(end + 1..).unwrap_or_default())
}

fn assert_readable(reason: &str) {
    assert!(!reason.is_empty(), "no reason");
    assert!(reason.len() <= LONGEST_REASON, "a reason of {} bytes", reason.len());
}
