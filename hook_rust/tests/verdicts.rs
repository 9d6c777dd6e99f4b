//! What the routes answer decides what CodeDeploy is told.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use serde_json::json;
use support::{Reply, Stage, deployment};

#[test]
fn routes_that_answer_from_the_revision_under_deployment_succeed() {
    let outcome = Stage::new().run();
    assert_eq!(outcome.status(), "Succeeded");
    assert_eq!(outcome.reason(), "");
    assert_eq!(outcome.log["identity"], json!({"expected": "rust-blue-green:5", "proof": "required"}));
    assert_eq!(outcome.log["note"], "");
    assert_eq!(outcome.log["deployment_id"], "d-123456789");
    assert_eq!(outcome.log["routes"].as_array().unwrap().len(), 3);
    assert_eq!(outcome.log["routes"][0]["path"], "/one");
    assert_eq!(outcome.log["routes"][0]["task_definition"], "rust-blue-green:5");
    assert_eq!(outcome.result.0, "response");
}

#[test]
fn a_route_that_answers_500_fails() {
    let outcome = Stage::new()
        .limit(1_000)
        .routes(|request| {
            let status = if request.path == "/one" { 500 } else { 200 };
            Reply::status(status).header("x-task-definition", "rust-blue-green:5")
        })
        .run();
    assert_eq!(outcome.status(), "Failed");
    assert_eq!(outcome.reason(), "/one: expected status 200, got status 500");
    assert!(outcome.log["routes"][0]["attempts"].as_u64().unwrap() > 1);
    assert_eq!(outcome.log["routes"][1]["passed"], true);
}

#[test]
fn answers_of_another_revision_fail_and_name_both() {
    let live = |_: &_| Reply::status(200).header("x-task-definition", "rust-blue-green:3");
    let outcome = Stage::new().limit(1_000).routes(live).run();
    assert_eq!(outcome.status(), "Failed");
    let expected = "/one, /two, /three: answered by rust-blue-green:3, but rust-blue-green:5 is under deployment";
    assert_eq!(outcome.reason(), expected);
}

#[test]
fn answers_without_identity_fail_and_name_the_setting() {
    let outcome = Stage::new().limit(1_000).routes(|_| Reply::status(200)).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().contains("no x-task-definition header"), "{}", outcome.reason());
    assert!(outcome.reason().contains("IDENTITY_PROOF=off"), "{}", outcome.reason());
    assert!(outcome.reason().contains(r#"[hook] identity_proof = "off""#), "{}", outcome.reason());
    assert_eq!(outcome.log["routes"][0]["failure"], "identity_missing");
}

#[test]
fn two_identities_are_a_fault_to_mend_and_no_ground_to_turn_the_proof_off() {
    let two = |_: &_| Reply::status(200).header("x-task-definition", "a:1").header("x-task-definition", "a:2");
    let outcome = Stage::new().limit(1_000).routes(two).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().contains("2 x-task-definition headers (a:1, a:2)"), "{}", outcome.reason());
    assert!(!outcome.reason().contains("IDENTITY_PROOF"), "{}", outcome.reason());
}

#[test]
fn without_proof_any_revision_may_answer() {
    let outcome = Stage::new().variable("IDENTITY_PROOF", Some("off")).routes(|_| Reply::status(200)).run();
    assert_eq!(outcome.status(), "Succeeded");
    assert_eq!(outcome.log["identity"], json!({"expected": null, "proof": "off"}));
}

#[test]
fn a_given_check_list_replaces_the_default_one() {
    let checks = r#"[{"name": "key", "path": "/one", "body": {"pointer": "/key", "equals": "route_one from Blue"}}]"#;
    let answer =
        |_: &_| Reply::status(200).header("x-task-definition", "rust-blue-green:5").body(r#"{"key": "other"}"#);
    let outcome = Stage::new().limit(1_000).variable("CHECKS", Some(checks)).routes(answer).run();
    assert_eq!(outcome.status(), "Failed");
    assert!(outcome.reason().starts_with("key (/one): expected a JSON body"), "{}", outcome.reason());
}

#[test]
fn a_check_list_may_stand_in_a_file_of_the_archive() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    std::fs::write(format!("{folder}/checks.json"), r#"[{"path": "/health"}]"#).unwrap();
    let stage = Stage::new().variable("CHECKS_FILE", Some("checks.json")).variable("LAMBDA_TASK_ROOT", Some(folder));
    let outcome = stage.run();
    assert_eq!(outcome.status(), "Succeeded");
    assert_eq!(outcome.log["routes"][0]["path"], "/health");
}

#[test]
fn a_live_revision_that_is_deployed_again_cannot_be_told_apart_and_the_verdict_says_so() {
    let again = |operation: &str, _: &_| {
        (operation == "GetDeployment").then(|| Reply::status(200).body(&deployment("abc").to_string()))
    };
    let outcome = Stage::new().codedeploy(again).run();
    assert_eq!(outcome.status(), "Succeeded");
    let note = "rust-blue-green:5 is live already: its answers cannot be told from those of the replacement";
    assert_eq!(outcome.log["note"], note);
}
