"""Hooks: nothing goes on before their answer, and the first answer stands."""

from __future__ import annotations

import pytest

from bluegreen.loopback.codedeploy.call_failed import CallFailed
from bluegreen.loopback.codedeploy.exceptions import Refusal
from tests.loopback.simulation.simulated_account import Function

from .story import Story, answer, rollback_on

HOOK = {"BeforeAllowTraffic": "check"}
SILENT = Function(status=None)


def test_traffic_does_not_shift_before_the_hooks_answer(story: Story) -> None:
    story.account.functions["check"] = SILENT
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic").seconds(3500)
    assert story.account.weights() == {"blue": 1}
    assert story.events()["AllowTraffic"] == "Pending"
    story.report("Succeeded").end()
    assert story.log == [
        "create v2 on green",
        "test: green 1",
        "invoke check",
        "production: green 100, blue 0",
        "primary green",
        "delete blue",
    ]


@pytest.mark.parametrize("event", ["BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "AfterAllowTraffic"])
def test_every_hook_holds_its_event(story: Story, event: str) -> None:
    story.account.functions["check"] = SILENT
    story.group().deploy(hooks={event: "check"}).during(event).seconds(600)
    done = [name for name, status in story.events().items() if status == "Succeeded"]
    assert done == list(story.events())[: list(story.events()).index(event)]
    assert story.report("Succeeded").end().info()["status"] == "Succeeded"


def test_the_payload_has_exactly_two_keys_and_an_opaque_id(story: Story) -> None:
    story.account.functions["check"] = Function()
    story.group().deploy(hooks=HOOK).end()
    (payload,) = story.account.payloads
    assert set(payload) == {"DeploymentId", "LifecycleEventHookExecutionId"}
    assert payload["DeploymentId"] == story.id
    assert len(payload["LifecycleEventHookExecutionId"]) >= 100


def test_an_answer_lets_it_go_on_at_once(story: Story) -> None:
    story.account.functions["check"] = Function(after=7)
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic")
    began = story.clock.now()
    story.waiting()
    assert story.clock.now() - began <= 12


def test_a_report_after_the_end_is_refused(story: Story) -> None:
    story.account.functions["check"] = SILENT
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic").until(lambda: story.account.payloads)
    story.stop().end()
    with pytest.raises(Refusal) as refusal:
        story.report("Succeeded")
    assert refusal.value.error_type == "LifecycleEventAlreadyCompletedException"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"status": "InProgress"}, "InvalidLifecycleEventHookExecutionStatus"),
        ({"lifecycleEventHookExecutionId": "foreign"}, "InvalidLifecycleEventHookExecutionId"),
        ({"deploymentId": None}, "DeploymentIdRequired"),
        ({"deploymentId": "nonsense"}, "InvalidDeploymentId"),
        ({"deploymentId": "d-000000000"}, "DeploymentDoesNotExist"),
    ],
)
def test_a_wrong_report_is_refused(story: Story, changes: dict[str, str], error: str) -> None:
    story.account.functions["check"] = SILENT
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic").until(lambda: story.account.payloads)
    report = {**answer(story.account.payloads[0], "Succeeded"), **changes}
    with pytest.raises(Refusal) as refusal:
        story.api("put_lifecycle_event_hook_execution_status", **report)
    assert refusal.value.error_type == f"{error}Exception"


def test_a_missing_function_fails_at_its_event(story: Story) -> None:
    story.group().deploy(hooks={"AfterInstall": "nobody"}).end()
    assert story.info()["errorInformation"]["code"] == "INVALID_LAMBDA_FUNCTION"
    assert story.events()["Install"] == "Succeeded"
    assert story.events()["AfterInstall"] == "Failed"


def test_a_report_counts_also_when_the_answer_to_the_invocation_is_lost(story: Story) -> None:
    story.account.functions["check"] = SILENT
    lost = CallFailed("AWSLambda", "ReadTimeoutError", "", status=503)
    story.account.faults["Invoke answer"] = [lost] * 99
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic").until(lambda: story.account.payloads)
    story.report("Succeeded").end()
    assert story.info()["status"] == "Succeeded"


def test_a_role_that_may_not_invoke_is_named(story: Story) -> None:
    story.account.faults["Invoke"] = [CallFailed("AWSLambda", "AccessDeniedException", "no", status=403)]
    story.group().deploy(hooks=HOOK).end()
    assert story.info()["errorInformation"] == {
        "code": "IAM_ROLE_PERMISSIONS",
        "message": "The IAM role arn:aws:iam::123456789012:role/codedeploy does not give you permission to perform "
        "operations in the following AWS service: AWSLambda.",
    }


def test_a_hook_that_fails_before_install_leaves_nothing_to_roll_back(story: Story) -> None:
    story.account.functions["check"] = Function(status="Failed")
    story.group(autoRollbackConfiguration=rollback_on("FAILURE")).deploy(hooks={"BeforeInstall": "check"}).end()
    assert story.info()["status"] == "Failed"
    assert story.info()["rollbackInfo"] is None
    assert story.log == ["invoke check"]
