//! CodeDeploy is told, even when it takes more than one attempt.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use support::{Reply, Stage, refuse};

const PUT: &str = "PutLifecycleEventHookExecutionStatus";

/// Answers the first `times` calls of `operation` with `reply`.
fn first(times: usize, operation: &'static str, reply: fn() -> Reply) -> impl Fn(&str) -> Option<Reply> {
    let calls = AtomicUsize::new(0);
    move |called| (called == operation && calls.fetch_add(1, Ordering::SeqCst) < times).then(reply)
}

#[test]
fn a_report_is_repeated_after_an_error_of_the_server() {
    let broken = first(1, PUT, || refuse(500, "InternalFailure"));
    let outcome = Stage::new().codedeploy(move |operation, _| broken(operation)).run();
    assert_eq!(outcome.reports.len(), 2);
    assert!(outcome.reports.iter().all(|report| report["status"] == "Succeeded"));
    assert_eq!(outcome.result.0, "response");
}

#[test]
fn a_report_is_repeated_after_throttling() {
    let throttled = first(2, PUT, || refuse(400, "ThrottlingException"));
    let outcome = Stage::new().codedeploy(move |operation, _| throttled(operation)).run();
    assert_eq!(outcome.reports.len(), 3);
    assert_eq!(outcome.result.0, "response");
}

#[test]
fn a_report_is_repeated_after_no_answer() {
    let hanging = first(1, PUT, || Reply::Hang);
    let outcome = Stage::new().codedeploy(move |operation, _| hanging(operation)).run();
    assert_eq!(outcome.reports.len(), 2);
    assert_eq!(outcome.result.0, "response");
}

#[test]
fn an_event_that_is_already_over_counts_as_told() {
    let over = first(1, PUT, || refuse(400, "LifecycleEventAlreadyCompletedException"));
    let outcome = Stage::new().codedeploy(move |operation, _| over(operation)).run();
    outcome.assert_at_once();
    assert_eq!(outcome.reports.len(), 1);
    assert_eq!(outcome.result.0, "response");
}

#[test]
fn a_report_that_is_refused_is_an_error_of_the_invocation() {
    let refused = first(9, PUT, || refuse(400, "InvalidLifecycleEventHookExecutionIdException"));
    let outcome = Stage::new().codedeploy(move |operation, _| refused(operation)).run();
    assert_eq!(outcome.reports.len(), 1);
    assert_eq!(outcome.result.0, "error");
}

#[test]
fn the_look_up_of_the_revision_is_repeated_too() {
    let broken = first(1, "GetDeployment", || refuse(503, "ServiceUnavailable"));
    let outcome = Stage::new().codedeploy(move |operation, _| broken(operation)).run();
    assert_eq!(outcome.status(), "Succeeded");
}

#[test]
fn a_probe_answers_how_the_hook_is_set_up_and_reports_nothing() {
    let no_deployment =
        |operation: &str, _: &_| (operation == "GetDeployment").then(|| refuse(400, "DeploymentDoesNotExistException"));
    let outcome = Stage::new().event(&json!({"probe": true})).codedeploy(no_deployment).run();
    assert!(outcome.reports.is_empty());
    let (kind, answer) = &outcome.result;
    assert_eq!(kind, "response");
    assert_eq!(answer["configuration"]["checks"], json!(["/one", "/two", "/three"]));
    assert_eq!(answer["listener"], json!({"reached": true}));
    assert_eq!(answer["codedeploy"]["allowed"], true);
}
