from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import hook_verdict
from bluegreen.release.reason import Reason, first_cause
from bluegreen.release.service import Trouble
from bluegreen.release.snapshot import parse

Recorded = Callable[..., Any]
ID = "d-1NNWZG91L"
HOOK = "The deployment failed because one or more of the lifecycle event validation functions failed."
ECS = (
    "The ECS service cannot be updated due to an unexpected error: The container rust-api did not have a container "
    "port 443 defined. (Service: AmazonECS; Status Code: 400; Error Code: InvalidParameterException; "
    "Request ID: 1; Proxy: null). Check your ECS service status."
)


@pytest.fixture
def ended(deployment_info: Recorded, ecs_target: Recorded) -> Recorded:
    def make(code: str, message: str = "words", status: str = "Failed", **events: str) -> Any:
        error = {"code": code, "message": message}
        return parse(deployment_info(status, errorInformation=error), ecs_target(**events))

    return make


def why(deployment: Any, *lines: str, trouble: Trouble | None = None) -> Reason:
    verdicts = [one for line in lines if (one := hook_verdict.parse(line, ID))]
    return first_cause(deployment, verdicts, trouble or Trouble())


def test_the_hooks_own_words_come_before_codedeploys(ended: Recorded, verdict_line: Recorded) -> None:
    line = verdict_line("Failed", "/one: expected status 200, got status 500", got="status 500", attempts=4)
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line)
    assert (
        found.cause
        == "the hook turned the release down at BeforeAllowTraffic: /one: expected status 200, got status 500"
    )
    assert found.details == ("GET /one: expected status 200, got status 500 from rust-blue-green:5, 4 attempts, 12 ms",)
    assert found.next_step.startswith("mend the image")


def test_an_answer_from_another_revision_sends_to_the_test_listener(ended: Recorded, verdict_line: Recorded) -> None:
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
    ended: Recorded, verdict_line: Recorded, failure: str, words: str, step: str
) -> None:
    deployment = ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed")
    found = why(deployment, verdict_line("Failed", words, failure=failure))
    assert step in found.next_step
    assert "identity_proof" not in found.next_step
    untellable = verdict_line("Failed", words + ' ([hook] identity_proof = "off" turns the proof off)', failure=failure)
    assert '`identity_proof = "off"` under [hook]' in why(deployment, untellable).next_step


def test_a_hook_without_a_verdict_in_its_log_is_said(ended: Recorded) -> None:
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"))
    assert "its log holds no verdict" in found.cause
    assert HOOK in found.details[0]


def test_a_verdict_that_passed_is_not_the_cause(ended: Recorded, verdict_line: Recorded) -> None:
    found = why(ended("ALARM_ACTIVE", "Activated alarms: <errors>", "Stopped"), verdict_line())
    assert found.cause == "Activated alarms: <errors> (ALARM_ACTIVE)"


def test_ecs_own_sentence_is_cut_out_of_codedeploys(ended: Recorded) -> None:
    found = why(ended("ECS_UPDATE_ERROR", ECS, Install="Failed"))
    assert found.cause.endswith("task set: The container rust-api did not have a container port 443 defined.")


def test_a_task_that_stopped_explains_a_timeout_of_install(ended: Recorded) -> None:
    trouble = Trouble(("CannotPullContainerError: no such image",), ("(service x) was unable to place a task",))
    found = why(ended("TIMEOUT", Install="Failed"), trouble=trouble)
    assert found.cause == "the replacement's tasks did not become steady: CannotPullContainerError: no such image"


def test_the_services_last_event_explains_when_no_task_stopped(ended: Recorded) -> None:
    trouble = Trouble((), ("started", "task failed ELB health checks"))
    assert why(ended("TIMEOUT", Install="Failed"), trouble=trouble).cause.endswith("task failed ELB health checks")


def test_trouble_of_tasks_is_not_the_cause_of_what_came_later(ended: Recorded) -> None:
    found = why(ended("TIMEOUT", "no callback", AllowTraffic="Failed"), trouble=Trouble(("x",), ()))
    assert found.cause == "no callback (TIMEOUT) during AllowTraffic"


@pytest.mark.parametrize(
    "code",
    ["ALARM_ACTIVE", "MANUAL_STOP", "TIMEOUT", "IAM_ROLE_PERMISSIONS", "INVALID_LAMBDA_FUNCTION", "NEW_CODE", ""],
)
def test_every_code_has_words_and_a_next_step(ended: Recorded, code: str) -> None:
    found = why(ended(code))
    assert found.cause.startswith("words")
    assert found.next_step


def test_a_production_listener_on_the_wrong_group_says_what_to_mend(ended: Recorded) -> None:
    words = "Primary taskset target group must be behind listener arn:x"
    assert "production listener" in why(ended("INTERNAL_ERROR", words, Install="Failed")).next_step
