//! Whatever goes wrong, CodeDeploy is told Failed before Lambda kills the function.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::{Duration, SystemTime};

use hook::{Deadlines, Execution, HookVerdict, Proof, client, conclude};
use serde_json::json;
use support::{CodeDeploy, Outcome, Reply, Stage, event, refuse};

#[test]
fn routes_that_hang_fail_before_the_deadline() {
    let outcome = Stage::new().limit(2_000).routes(|_| Reply::Hang).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.duration < Duration::from_secs(2), "{:?}", outcome.duration);
    assert!(outcome.reason().contains("no answer within"), "{}", outcome.reason());
}

#[test]
fn checks_that_compute_for_longer_than_the_function_lives_fail_before_the_deadline() {
    let check = |path| json!({"path": path, "body": {"regex": "(a?){300}b"}});
    let checks = json!([check("/one"), check("/two"), check("/three")]).to_string();
    let endless = "a".repeat(65_536);
    let answer = move |_: &_| Reply::status(200).header("x-task-definition", "rust-blue-green:5").body(&endless);
    let outcome = Stage::new().limit(1_500).variable("CHECKS", Some(&checks)).routes(answer).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().contains("still searching when the budget ended"), "{}", outcome.reason());
    assert!(outcome.duration < Duration::from_millis(1_500), "{:?}", outcome.duration);
}

#[test]
fn a_listener_that_nobody_serves_fails() {
    let outcome = Stage::new().limit(1_000).variable("ALB_URL", Some("http://127.0.0.1:1")).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().contains("Connection refused"), "{}", outcome.reason());
}

#[test]
fn a_bad_configuration_fails_at_once_and_names_the_variable() {
    for (variable, value, reason) in [
        ("CHECKS", Some(r#"[{"path": "/one", "statuss": 200}]"#), "CHECKS: check 0 (/one): statuss: unknown field"),
        ("CHECKS_FILE", Some("missing.json"), "CHECKS_FILE: missing.json: No such file"),
        ("ALB_URL", None, "ALB_URL: missing"),
        ("ALB_URL", Some("alb"), r#"ALB_URL: found "alb""#),
        (
            "ALB_URL",
            Some("http://alb.internal/v1"),
            r#"ALB_URL: found "http://alb.internal/v1": no port; it must name the test listener's port"#,
        ),
        ("IDENTITY_PROOF", Some("no"), r#"IDENTITY_PROOF: found "no", allowed: required, off"#),
    ] {
        let outcome = Stage::new().limit(60_000).variable(variable, value).run();
        assert_eq!(outcome.status_at_once(), "Failed");
        let expected = format!("bad configuration: {reason}");
        assert!(outcome.reason().starts_with(&expected), "{}", outcome.reason());
    }
}

#[test]
fn keys_beside_the_ids_do_no_harm() {
    let mut event = event();
    event["Combined"] = json!({"nested": [1, {"deep": null}]});
    assert_eq!(Stage::new().event(&event).run().status(), "Succeeded");
}

#[test]
fn a_malformed_event_with_ids_fails() {
    let outcome = Stage::new().event(&json!({"Records": [{"body": event().to_string()}]})).run();
    assert_eq!(outcome.status_at_once(), "Failed");
    assert!(outcome.reason().contains("the event is malformed"), "{}", outcome.reason());
}

#[test]
fn an_event_without_ids_is_an_error_of_the_invocation() {
    let outcome = Stage::new().event(&json!({"DeploymentId": "d-123456789"})).run();
    assert!(outcome.reports.is_empty());
    outcome.assert_at_once();
    assert_eq!(outcome.result.0, "error");
}

#[test]
fn an_event_that_is_no_json_is_an_error_of_the_invocation_and_said_in_the_log() {
    let outcome = Stage::new().payload("{\"DeploymentId\": d-1").run();
    assert!(outcome.reports.is_empty());
    outcome.assert_at_once();
    assert_eq!(outcome.result.0, "error");
    assert_eq!(outcome.lines[0]["message"], "no report: the event is no JSON");
    assert_eq!(outcome.lines[0]["event"], "{\"DeploymentId\": d-1");
}

#[test]
fn an_invocation_that_comes_too_late_still_reports_failed() {
    assert_eq!(Stage::new().limit(0).run().status(), "Failed");
}

#[test]
fn an_invocation_with_hardly_any_time_left_reports_failed_within_it() {
    let outcome = Stage::new().limit(500).routes(|_| Reply::Hang).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(!outcome.reason().is_empty());
}

#[test]
fn an_event_of_six_megabytes_is_read_without_a_multiple_of_it_in_memory() {
    let beside = "0,".repeat(3_000_000);
    let ids = event().to_string();
    let outcome = Stage::new().payload(&format!(r#"{{"beside": [{beside}0], {}"#, &ids[1..])).run();
    assert_eq!(outcome.status(), "Succeeded");
    assert!(outcome.peak_rss < 90_000, "{} kB", outcome.peak_rss);
}

#[test]
fn an_event_of_six_megabytes_without_ids_is_an_error_and_shown_in_short() {
    let outcome = Stage::new().payload(&format!("[{}0]", "0,".repeat(3_000_000))).run();
    outcome.assert_at_once();
    assert_eq!(outcome.result.0, "error");
    assert_eq!(outcome.lines[0]["message"], "no report: the event has no ids");
    assert_eq!(outcome.lines[0]["bytes"], 6_000_003);
    assert!(outcome.lines[0]["event"].as_str().unwrap().len() <= 2_000);
    assert!(outcome.peak_rss < 90_000, "{} kB", outcome.peak_rss);
}

#[test]
fn an_empty_event_is_an_error_of_the_invocation_and_said_in_the_log() {
    for payload in ["", "{}", "null", "[]", "\"\""] {
        let outcome = Stage::new().payload(payload).run();
        assert!(outcome.reports.is_empty());
        outcome.assert_at_once();
        assert_eq!(outcome.result.0, "error");
        assert!(outcome.lines[0]["message"].as_str().unwrap().starts_with("no report: "), "{payload}");
    }
}

/// How an invocation ends to which GetDeployment answers so.
fn after_get_deployment(answer: impl Fn() -> Reply + Send + Sync + 'static) -> Outcome {
    let stage = Stage::new().limit(60_000);
    stage.codedeploy(move |operation, _| (operation == "GetDeployment").then(&answer)).run()
}

#[test]
fn a_revision_that_no_call_could_tell_fails_at_once_and_names_the_setting() {
    let s3 = json!({"deploymentInfo": {"applicationName": "app", "revision": {"revisionType": "S3"}}});
    let outcome = after_get_deployment(move || Reply::status(200).body(&s3.to_string()));
    assert_eq!(outcome.status_at_once(), "Failed");
    assert!(outcome.reason().contains("a revision of type S3 carries no AppSpec text"), "{}", outcome.reason());
    assert!(outcome.reason().contains(r#"[hook] identity_proof = "off""#), "{}", outcome.reason());
    assert_eq!(outcome.log["routes"][0]["failure"], "identity_unknown");
}

#[test]
fn a_look_up_that_is_refused_fails_at_once_and_names_the_call_and_no_setting() {
    let outcome = after_get_deployment(|| refuse(400, "AccessDeniedException"));
    assert_eq!(outcome.status_at_once(), "Failed");
    assert!(outcome.reason().contains("GetDeployment failed: AccessDeniedException"), "{}", outcome.reason());
    assert!(!outcome.reason().to_lowercase().contains("identity_proof"), "{}", outcome.reason());
}

#[test]
fn codedeploy_out_of_reach_names_the_call_and_no_setting() {
    let hanging = |operation: &str, _: &_| (operation == "GetDeployment").then_some(Reply::Hang);
    let outcome = Stage::new().limit(3_000).codedeploy(hanging).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(!outcome.reason().to_lowercase().contains("identity_proof"), "{}", outcome.reason());
    assert!(outcome.reason().contains("GetDeployment failed: CodeDeploy did not answer"), "{}", outcome.reason());
}

#[tokio::test]
async fn a_panic_in_the_hook_itself_is_reported_as_failed() {
    let codedeploy = CodeDeploy::start(|_, _| None);
    let url = codedeploy.url();
    let client = client(|name| match name {
        "AWS_ENDPOINT_URL" => Some(url.clone()),
        "AWS_REGION" => Some("us-east-1".to_owned()),
        _ => Some("test".to_owned()).filter(|_| name.ends_with("KEY") || name.ends_with("KEY_ID")),
    });
    let execution = Execution { deployment_id: "d-1".to_owned(), execution_id: "e-1".to_owned() };
    let deadlines = Deadlines::until(SystemTime::now() + Duration::from_secs(5));
    let judge = async { std::panic::panic_any("a bug") };
    let judge = async { judge.await as HookVerdict };
    let line = conclude(&client, &execution, deadlines, Proof::Required, judge).await.unwrap();
    assert!(line["reason"].as_str().unwrap().contains("the hook itself broke"), "{line}");
    assert_eq!(CodeDeploy::reports(&codedeploy)[0]["status"], "Failed");
}
