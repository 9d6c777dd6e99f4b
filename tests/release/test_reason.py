"""Every unhappy end: the first cause, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bluegreen.release import hook_verdict
from bluegreen.release.alarm_reason import AlarmState
from bluegreen.release.first_cause import first_cause
from bluegreen.release.reason import Reason
from bluegreen.release.snapshot import parse
from bluegreen.release.target_health import Target
from bluegreen.release.task_end import ContainerEnd, TaskEnd
from bluegreen.release.task_log import Tail
from bluegreen.release.trouble import Trouble
from bluegreen.release_target import ReleaseTarget
from tests.release.conftest import START

Recorded = Callable[..., Any]
Why = Callable[..., Reason]
ID = "d-1NNWZG91L"
HOOK = "The deployment failed because one or more of the lifecycle event validation functions failed."
ECS = (
    "The ECS service cannot be updated due to an unexpected error: {} (Service: AmazonECS; Status Code: 400; Error "
    "Code: InvalidParameterException; Request ID: 1; Proxy: null). Check your ECS service status."
)
NEVER_STEADY = (
    "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is "
    "60 minutes."
)
NOT_CONTINUED = (
    "The deployment timed out while waiting for a notification to continue. This time out period is 5 minutes."
)
HOOK_SILENT = (
    "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one "
    "hour after a deployment hook is invoked."
)
DENIED = "The IAM role arn:x does not give you permission to perform operations in the following AWS service: {}."
ALARMS = (
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
    "deployments have been stopped. Activated alarms: {}"
)
CRASHED = TaskEnd(
    task_id="1",
    stop_code="EssentialContainerExited",
    reason="Essential container in task exited",
    containers=(ContainerEnd(name="rust-api", exit_code=3),),
)
TAIL = Tail(container="rust-api", where="/ecs/sample rust-api/rust-api/1", lines=("no DATABASE_URL",))
CRASHES = Trouble(tasks=(CRASHED, replace(CRASHED, task_id="2")), tail=TAIL)


@pytest.fixture
def ended(deployment_info: Recorded, ecs_target: Recorded) -> Recorded:
    def make(code: str, message: str = "words", status: str = "Failed", **events: str) -> Any:
        error = {"code": code, "message": message}
        return parse(deployment_info(status, errorInformation=error), ecs_target(**events))

    return make


@pytest.fixture
def why(target: ReleaseTarget) -> Why:
    def find(deployment: Any, *lines: str, trouble: Trouble | None = None) -> Reason:
        verdicts = [one for line in lines if (one := hook_verdict.parse(line, ID))]
        return first_cause(deployment, verdicts, trouble or Trouble(), target)

    return find


def test_the_hooks_own_words_come_before_codedeploys(why: Why, ended: Recorded, verdict_line: Recorded) -> None:
    line = verdict_line("Failed", "/one: expected status 200, got status 500", got="status 500", attempts=4)
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line)
    assert (
        found.cause
        == "the hook turned the release down at BeforeAllowTraffic: /one: expected status 200, got status 500"
    )
    assert found.details == (
        "GET /one: expected status 200, got status 500 from rust-blue-green:5, 4 attempts, 12 ms",
        f"CodeDeploy: {HOOK} (HOOK_EXECUTION_FAILURE)",
    )
    assert found.next_step.startswith("mend the image")


def test_a_task_that_crashed_under_the_hook_is_told_beside_its_verdict(
    why: Why, ended: Recorded, verdict_line: Recorded
) -> None:
    line = verdict_line("Failed", "/one: expected status 200, got status 502", got="status 502")
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line, trouble=CRASHES)
    assert "got status 502" in found.cause
    assert "tasks of the replacement: Essential container in task exited; container rust-api: exit code 3" in (
        found.details
    )
    assert "  no DATABASE_URL" in found.details


def test_an_answer_from_another_revision_sends_to_the_test_listener(
    why: Why, ended: Recorded, verdict_line: Recorded
) -> None:
    words = "/one: answered by rust-blue-green:3, but rust-blue-green:5 is under deployment"
    line = verdict_line("Failed", words, task_definition="rust-blue-green:3", failure="identity_mismatch")
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line)
    assert words in found.cause
    assert "test listener" in found.next_step


@pytest.mark.parametrize(
    ("failure", "words", "step"),
    [
        ("identity_mismatch", "answers came from a:3 and a:5 in turn", "test listener"),
        ("identity_unknown", "GetDeployment failed: AccessDeniedException: no identity policy", "reach CodeDeploy"),
        ("identity_missing", "the answer has 2 x-task-definition headers (a:3, a:5)", "one x-task-definition header"),
    ],
)
def test_the_proof_is_turned_off_only_where_nothing_else_helps(
    why: Why, ended: Recorded, verdict_line: Recorded, failure: str, words: str, step: str
) -> None:
    deployment = ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed")
    found = why(deployment, verdict_line("Failed", words, failure=failure))
    assert step in found.next_step
    assert "identity_proof" not in found.next_step
    untellable = verdict_line("Failed", words + ' ([hook] identity_proof = "off" turns the proof off)', failure=failure)
    assert '`identity_proof = "off"` under [hook]' in why(deployment, untellable).next_step


def test_a_hook_without_a_verdict_in_its_log_is_said(why: Why, ended: Recorded) -> None:
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"))
    assert "its log holds no verdict" in found.cause
    assert HOOK in found.details[0]
    assert "/aws/lambda/CodeDeployHook_sample" in found.next_step


def test_a_verdict_that_passed_is_not_the_cause(why: Why, ended: Recorded, verdict_line: Recorded) -> None:
    found = why(ended("THROTTLED", "Rate exceeded"), verdict_line())
    assert found.cause == "Rate exceeded (THROTTLED)"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("The container rust-api did not have a container port 443 defined.", "container port agree"),
        ("TaskDefinition is inactive", "that is registered"),
        ("Invalid revision number. Number: latest", "with a number"),
        ("something new", "compare `bluegreen appspec --environment sample`"),
    ],
)
def test_ecs_own_sentence_is_cut_out_of_codedeploys(why: Why, ended: Recorded, words: str, step: str) -> None:
    found = why(ended("ECS_UPDATE_ERROR", ECS.format(words), Install="Failed"), trouble=CRASHES)
    assert found.cause == f"ECS refused the replacement task set: {words}"
    assert step in found.next_step


def test_tasks_that_were_not_steady_while_traffic_moved_are_the_cause(why: Why, ended: Recorded) -> None:
    words = "The deployment failed because the replacement task set was not steady for 5 minutes"
    found = why(ended("ECS_UPDATE_ERROR", words, AllowTraffic="Failed"), trouble=CRASHES)
    assert found.cause.startswith("the replacement's tasks did not become steady: Essential container in task exited")


def test_a_task_that_stopped_explains_the_hour_of_install_with_its_last_log_lines(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"), trouble=CRASHES)
    assert found.cause == (
        "the replacement's tasks did not become steady: Essential container in task exited; container rust-api: "
        "exit code 3 (2 tasks ended so)"
    )
    assert found.details == (
        "last lines of /ecs/sample rust-api/rust-api/1:",
        "  no DATABASE_URL",
        f"CodeDeploy: {NEVER_STEADY} (TIMEOUT)",
    )
    assert found.next_step == "mend what the last lines of its log say and release it under a new tag"


def test_an_unhealthy_target_explains_it_too(why: Why, ended: Recorded) -> None:
    target = Target(
        port=3000,
        address="10.0.0.7",
        code="Target.ResponseCodeMismatch",
        description="Health checks failed with these codes: [500]",
    )
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"), trouble=Trouble(targets=(target,)))
    assert found.cause == (
        "the replacement's tasks did not become steady: its tasks fail the load balancer's health checks: "
        "Health checks failed with these codes: [500] (Target.ResponseCodeMismatch) on port 3000"
    )
    assert "`path` and `matcher` under [health_check]" in found.next_step


def test_the_services_last_bad_event_explains_when_no_task_was_started(why: Why, ended: Recorded) -> None:
    events = (
        "(service x) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run "
        "concurrently.",
        "(service x) has started 1 tasks: (task 1).",
    )
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"), trouble=Trouble(events=events))
    assert found.cause.endswith(events[0])
    assert "quota of Fargate vCPUs" in found.next_step


def test_an_hour_of_install_of_which_nothing_is_known_says_so(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"))
    assert "nothing is known of them any more" in found.cause
    assert "`bluegreen watch --environment sample`" in found.next_step
    assert "/ecs/sample" in found.next_step


def test_a_ready_wait_that_nobody_ended(why: Why, deployment_info: Recorded, ecs_target: Recorded) -> None:
    waits = {"deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 5}}
    error = {"code": "TIMEOUT", "message": NOT_CONTINUED}
    info = deployment_info("Stopped", errorInformation=error, blueGreenDeploymentConfiguration=waits)
    found = why(parse(info, ecs_target(AfterAllowTestTraffic="Succeeded")))
    assert found.cause == "nobody continued it: the ready wait of 5 min is over"
    assert "`bluegreen continue --environment sample`" in found.next_step
    assert "`ready_wait` under [release]" in found.next_step
    error["message"] = "new words"
    assert why(parse(info, ecs_target())).cause == found.cause


def test_codedeploys_words_tell_the_wait_where_nothing_else_does(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", NOT_CONTINUED, "Stopped"))
    assert found.cause == "nobody continued it: the ready wait is over"
    late = why(ended("TIMEOUT", HOOK_SILENT, AllowTraffic="Failed"))
    assert late.cause.startswith("the hook never reported at AllowTraffic")
    assert why(ended("TIMEOUT", NEVER_STEADY, AllowTraffic="Failed"), trouble=CRASHES).cause.startswith(
        "the replacement's tasks did not become steady"
    )


@pytest.mark.parametrize("words", [HOOK_SILENT, "new words"])
def test_a_hook_that_was_silent_for_codedeploys_hour(why: Why, ended: Recorded, words: str) -> None:
    found = why(ended("TIMEOUT", words, BeforeAllowTraffic="Failed"))
    assert found.cause == "the hook never reported at BeforeAllowTraffic: CodeDeploy gave it an hour"
    assert "/aws/lambda/CodeDeployHook_sample" in found.next_step


def test_a_timeout_of_a_wait_that_is_not_known_is_shown_as_it_is(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", "new words", AllowTraffic="Failed"))
    assert found.cause == "new words (TIMEOUT) during AllowTraffic"


@pytest.mark.parametrize(
    ("service", "grant"),
    [
        ("AWSLambda", "grant lambda:InvokeFunction on arn:aws:lambda:us-east-1:123456789012:function:CodeDeployHook"),
        ("AmazonECS", "iam:PassRole on the task's roles"),
        ("AmazonElasticLoadBalancing", "ModifyListener"),
        ("AmazonCloudWatch", "cloudwatch:DescribeAlarms"),
        ("AmazonSomething", "let the deployment group's service role do what is refused"),
    ],
)
def test_what_codedeploys_role_lacks_is_named(why: Why, ended: Recorded, service: str, grant: str) -> None:
    found = why(ended("IAM_ROLE_PERMISSIONS", DENIED.format(service), BeforeAllowTraffic="Failed"))
    assert found.cause == f"{DENIED.format(service)} (IAM_ROLE_PERMISSIONS) during BeforeAllowTraffic"
    assert grant in found.next_step
    assert "`make deploy ENV=sample`" in found.next_step


def test_the_function_that_is_named_is_the_one_of_the_event(target: ReleaseTarget, ended: Recorded) -> None:
    two = replace(target, hooks=("BeforeAllowTraffic", "AfterAllowTraffic"), hook_functions=("before", "after"))
    deployment = ended("IAM_ROLE_PERMISSIONS", DENIED.format("AWSLambda"), AfterAllowTraffic="Failed")
    assert first_cause(deployment, [], Trouble(), two).next_step.startswith("grant lambda:InvokeFunction on after:")


def red(since: timedelta, **more: Any) -> AlarmState:
    return AlarmState(name="errors", state="ALARM", since=START + since, **more)


def test_an_alarm_that_went_red_tells_its_metric_value_and_limit(why: Why, ended: Recorded) -> None:
    alarm = red(timedelta(seconds=40), metric="Sum of AWS/x 5XX", condition="more than 5", value=12.0, at="14:00:30")
    quiet = AlarmState(name="latency", state="OK")
    found = why(
        ended("ALARM_ACTIVE", ALARMS.format("<errors>"), "Stopped"), trouble=Trouble(alarms=(alarm, quiet, alarm))
    )
    assert found.cause == (
        "an alarm went red: errors: Sum of AWS/x 5XX was 12 (14:00:30), red when more than 5, ALARM since 14:00:40 UTC"
    )
    assert found.details == (f"CodeDeploy: {ALARMS.format('<errors>')} (ALARM_ACTIVE)",)
    assert "look at what raised the alarm" in found.next_step


def test_a_crash_that_an_alarm_counted_is_what_is_to_be_mended(why: Why, ended: Recorded) -> None:
    trouble = replace(CRASHES, alarms=(red(timedelta(seconds=40), reason="red"),))
    found = why(ended("ALARM_ACTIVE", ALARMS.format("<errors>"), "Stopped"), trouble=trouble)
    assert found.cause == "an alarm went red: errors: red, ALARM since 14:00:40 UTC"
    assert "tasks of the replacement: Essential container in task exited" in found.details[0]
    assert found.next_step.startswith("mend what the last lines of its log say")
    assert found.next_step.endswith("; an alarm that is still red stops that too")


def test_an_alarm_that_was_red_before_the_start_would_stop_the_next_one_too(why: Why, ended: Recorded) -> None:
    trouble = Trouble(alarms=(red(timedelta(seconds=-40), reason="tested by hand"),))
    found = why(ended("ALARM_ACTIVE", ALARMS.format("<errors>"), "Stopped"), trouble=trouble)
    assert found.cause == (
        "an alarm was red already: errors: tested by hand, ALARM since 13:59:20 UTC (before this release started)"
    )
    assert "bring the alarm back to OK first" in found.next_step
    assert "every other one too" in found.next_step


def test_several_alarms_are_each_told_and_one_that_is_gone_as_well(why: Why, ended: Recorded) -> None:
    trouble = Trouble(alarms=(red(timedelta(seconds=40), reason="red"),))
    found = why(ended("ALARM_ACTIVE", ALARMS.format("<gone> <errors>"), "Stopped"), trouble=trouble)
    assert found.cause == "an alarm went red: gone: nothing is known of it any more"
    assert found.details[0] == "errors: red, ALARM since 14:00:40 UTC"


def test_alarms_that_codedeploy_could_not_read_are_its_roles_matter(why: Why, ended: Recorded) -> None:
    found = why(ended("ALARM_ACTIVE", "The alarms of the deployment could not be read: not authorized", "Stopped"))
    assert found.cause.startswith("The alarms of the deployment could not be read: not authorized")
    assert "cloudwatch:DescribeAlarms" in found.next_step


def test_an_alarm_that_is_red_besides_is_said_to_stop_the_next_release(
    why: Why, ended: Recorded, verdict_line: Recorded
) -> None:
    trouble = Trouble(alarms=(red(timedelta(seconds=40), reason="red"),))
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), verdict_line(), trouble=trouble)
    assert "red besides: errors: red, ALARM since 14:00:40 UTC; it stops the next release" in found.details


def test_who_stopped_it_is_for_cloudtrail_to_say_and_trouble_of_the_tasks_is_told(why: Why, ended: Recorded) -> None:
    found = why(ended("MANUAL_STOP", "The deployment was stopped by a user.", "Stopped", Install="Failed"))
    assert found.cause == "The deployment was stopped by a user. (MANUAL_STOP) during Install"
    assert "CloudTrail's event StopDeployment" in found.next_step
    stopped = ended("MANUAL_STOP", "The deployment was stopped by a user.", "Stopped", Install="Failed")
    assert "  no DATABASE_URL" in why(stopped, trouble=CRASHES).details


@pytest.mark.parametrize("code", ["ELASTIC_LOAD_BALANCING_INVALID", "INTERNAL_ERROR", "NEW_CODE", ""])
def test_a_production_listener_on_the_wrong_group_says_what_to_mend(why: Why, ended: Recorded, code: str) -> None:
    words = "Primary taskset target group must be behind listener arn:x"
    found = why(ended(code, words, Install="Failed"), trouble=CRASHES)
    assert words in found.cause
    assert "point the production listener at" in found.next_step


def test_a_rollback_that_failed_says_how_to_get_traffic_back(
    why: Why, deployment_info: Recorded, ecs_target: Recorded
) -> None:
    error = {"code": "ECS_UPDATE_ERROR", "message": "The original task set does not exist any more."}
    back = {"rollbackTriggeringDeploymentId": "d-FAILED000"}
    found = why(parse(deployment_info("Failed", errorInformation=error, rollbackInfo=back), ecs_target()))
    assert found.cause == "the rollback itself did not go well: The original task set does not exist any more."
    assert "`bluegreen rollback --to REVISION --environment sample`" in found.next_step


def test_an_unknown_code_is_shown_as_it_is(why: Why, ended: Recorded) -> None:
    found = why(ended("NEW_CODE", "new words", AllowTraffic="Failed"))
    assert found.cause == "new words (NEW_CODE) during AllowTraffic"
    assert found.next_step == "mend what the reason names, then release again"


def test_no_code_and_no_words_still_make_a_reason(why: Why, deployment_info: Recorded) -> None:
    found = why(parse(deployment_info("Failed"), None))
    assert found.cause == "CodeDeploy gives no reason for Failed"
    assert found.next_step
