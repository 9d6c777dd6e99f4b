//! CodeDeploy that does not do as it should: the verdict is Failed, or nobody can be told, and both in time.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Outcome, Reply, Stage, refuse};

const PUT: &str = "PutLifecycleEventHookExecutionStatus";
const NO_ONE: &str = "http://127.0.0.1:1";

/// How an invocation of 3 s ends in which every call of `operation` is answered so.
fn always(operation: &'static str, reply: impl Fn() -> Reply + Send + Sync + 'static) -> Outcome {
    Stage::new().limit(3_000).codedeploy(move |called, _| (called == operation).then(&reply)).run()
}

fn assert_failed(outcome: &Outcome, reason: &str) {
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().contains(reason), "{}", outcome.reason());
}

fn assert_untold(outcome: &Outcome, reason: &str) {
    let untold = outcome.untold();
    assert_eq!(untold["verdict"], "Succeeded");
    assert!(untold["reason"].as_str().unwrap().contains(reason), "{untold}");
}

#[test]
fn a_look_up_that_is_throttled_to_the_end_fails() {
    let outcome = always("GetDeployment", || refuse(400, "ThrottlingException"));
    assert_failed(&outcome, "GetDeployment failed: ThrottlingException");
}

#[test]
fn a_look_up_that_the_server_fails_to_the_end_fails() {
    let outcome = always("GetApplicationRevision", || refuse(500, "InternalFailure"));
    assert_failed(&outcome, "GetApplicationRevision failed: InternalFailure");
}

#[test]
fn a_look_up_answered_with_no_json_fails() {
    let outcome = always("GetDeployment", || Reply::status(200).body("<html>"));
    assert_failed(&outcome, "GetDeployment failed: ");
}

#[test]
fn a_report_that_is_throttled_to_the_end_is_an_error_of_the_invocation() {
    let outcome = always(PUT, || refuse(400, "ThrottlingException"));
    assert!(outcome.reports.len() > 2);
    assert_untold(&outcome, "ThrottlingException");
}

#[test]
fn a_report_that_the_server_fails_to_the_end_is_an_error_of_the_invocation() {
    assert_untold(&always(PUT, || refuse(503, "ServiceUnavailable")), "ServiceUnavailable");
}

#[test]
fn a_report_that_is_denied_is_an_error_of_the_invocation_at_once() {
    let denied = |called: &str, _: &_| (called == PUT).then(|| refuse(400, "AccessDeniedException"));
    let outcome = Stage::new().codedeploy(denied).run();
    outcome.assert_at_once();
    assert_eq!(outcome.reports.len(), 1);
    assert_untold(&outcome, "AccessDeniedException");
}

#[test]
fn a_report_that_nobody_answers_is_an_error_of_the_invocation() {
    assert_untold(&always(PUT, || Reply::Hang), "did not answer in time");
}

#[test]
fn codedeploy_that_cannot_be_connected_to_is_an_error_of_the_invocation() {
    let outcome = Stage::new().limit(3_000).variable("AWS_ENDPOINT_URL", Some(NO_ONE)).run();
    let untold = outcome.untold();
    assert_eq!(untold["verdict"], "Failed");
    assert!(outcome.reason().contains("GetDeployment failed: "), "{}", outcome.reason());
    assert!(outcome.reason().contains("refused"), "{}", outcome.reason());
}
