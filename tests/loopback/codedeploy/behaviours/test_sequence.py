"""The numbered behaviours whose matter is the engine's sequence (codedeploy-ecs.md §12); the others are beside this."""

from __future__ import annotations

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal
from tests.loopback.codedeploy.story import Story, alarms, pair, rollback_on
from tests.loopback.simulation.simulated_account import TEST, Function

LINEAR = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
HOOK = {"BeforeAllowTraffic": "check"}
SILENT, FAILING = Function(status=None), Function(status="Failed")
EVENTS = [
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "AllowTestTraffic",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
]
OF_THE_TEST_LISTENER = {"AllowTestTraffic", "AfterAllowTestTraffic"}


@pytest.mark.parametrize(("test", "left_out"), [(TEST, set()), (None, OF_THE_TEST_LISTENER)])
def test_12_01_eight_events_are_pending_at_once_and_six_without_a_test_listener(
    story: Story, test: str | None, left_out: set[str]
) -> None:
    story.group(loadBalancerInfo=pair(test=test)).deploy(hooks={"AfterAllowTestTraffic": "never-called"})
    assert list(story.events()) == [name for name in EVENTS if name not in left_out]
    assert set(story.events().values()) == {"Pending"}
    assert story.info()["status"] == "Created"


def test_12_02_the_overview_is_null_until_done_and_then_counts_one_target(story: Story) -> None:
    story.group().deploy().waiting()
    assert story.info()["deploymentOverview"] is None
    overview = story.end().info()["deploymentOverview"]
    assert overview == {"Pending": 0, "InProgress": 0, "Succeeded": 1, "Failed": 0, "Skipped": 0, "Ready": 0}


def test_12_03_get_deployment_has_no_content_and_get_application_revision_has_it(story: Story) -> None:
    story.group().deploy()
    revision = story.info()["revision"]
    assert revision["appSpecContent"].get("content") is None
    found = story.api("get_application_revision", applicationName="a", revision=revision)
    assert '"TaskDefinition": "v2"' in found["revision"]["appSpecContent"]["content"]


def test_12_04_a_second_deployment_is_refused_also_in_the_termination_wait(story: Story) -> None:
    story.group().deploy()
    words = rf"The Deployment Group 'g' already has an active Deployment '{story.id}'"
    for arrive in (lambda: story.during("Install"), story.waiting):
        arrive()
        with pytest.raises(Refusal, match=words) as refusal:
            story.deploy()
        assert refusal.value.error_type == "DeploymentLimitExceededException"
    story.end().deploy()


def test_12_07_the_first_linear_step_is_immediate_and_nine_intervals_follow(story: Story) -> None:
    steps = story.group(deploymentConfigName=LINEAR).deploy().shifts()
    assert [weight for weight, _ in steps] == list(range(10, 101, 10))
    assert [round(at / 60) for _, at in steps] == list(range(10))


def test_12_08_a_hook_that_reports_failed_fails_the_deployment_and_skips_the_rest(story: Story) -> None:
    story.account.functions["check"] = FAILING
    story.group().deploy(hooks=HOOK).end()
    info = story.info()
    assert info["status"] == "Failed"
    assert info["errorInformation"] == {
        "code": "HOOK_EXECUTION_FAILURE",
        "message": "The deployment failed because one or more of the lifecycle event validation functions failed.",
    }
    assert list(story.events().values())[5:] == ["Failed", "Skipped", "Skipped"]
    assert story.account.weights() == {"blue": 1}


def test_12_09_a_hook_that_crashes_is_waited_for_an_hour(story: Story) -> None:
    story.account.functions["check"] = SILENT
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic").seconds(3590)
    assert story.info()["status"] == "InProgress"
    story.seconds(20)
    assert story.info()["status"] == "Failed"
    assert story.info()["errorInformation"] == {
        "code": "TIMEOUT",
        "message": "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback "
        "within one hour after a deployment hook is invoked.",
    }


def test_12_10_a_second_report_is_refused_and_the_first_stands(story: Story) -> None:
    story.account.functions["check"] = SILENT
    story.group().deploy(hooks=HOOK).during("BeforeAllowTraffic").until(lambda: story.account.payloads)
    story.report("Succeeded")
    with pytest.raises(Refusal) as refusal:
        story.report("Failed")
    assert refusal.value.error_type == "LifecycleEventAlreadyCompletedException"
    assert story.end().info()["status"] == "Succeeded"


def test_12_11_an_alarm_red_at_the_start_stops_it_within_a_second(story: Story) -> None:
    story.account.alarms = {"errors": "ALARM", "latency": "OK"}
    story.group(alarmConfiguration=alarms("errors", "latency")).deploy()
    while story.info()["status"] != "Stopped":
        story.tick(0.1)
    info = story.info()
    assert info["completeTime"] - info["createTime"] < 1
    assert info["errorInformation"] == {
        "code": "ALARM_ACTIVE",
        "message": "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, "
        "and the affected deployments have been stopped. Activated alarms: <errors>",
    }
    assert story.log == []


def test_12_11_an_alarm_in_the_shift_restores_the_weights_before_stopped_shows(story: Story) -> None:
    story.account.alarms = {"errors": "OK"}
    rollback = rollback_on("STOP_ON_ALARM")
    story.group(deploymentConfigName=CANARY, alarmConfiguration=alarms("errors"), autoRollbackConfiguration=rollback)
    story.deploy().during("AllowTraffic").until(lambda: story.account.weights() == {"blue": 90, "green": 10})
    story.account.alarms = {"errors": "ALARM"}
    began = story.clock.now()
    while story.account.weights() != {"blue": 100}:
        assert story.info()["status"] == "InProgress"
        story.tick()
    story.status("Stopped")
    assert story.clock.now() - began <= 23
    assert story.rollback()["status"] == "Succeeded"


def test_12_12_a_rollback_is_a_second_deployment_and_makes_no_task_set(story: Story) -> None:
    story.account.functions["check"] = FAILING
    story.group(deploymentConfigName=CANARY, autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(hooks={"AfterAllowTraffic": "check"}).end()
    info, rollback = story.info(), story.rollback()
    assert rollback["creator"] == "codeDeployRollback"
    assert rollback["deploymentConfigName"] == "CodeDeployDefault.ECSAllAtOnce"
    assert rollback["status"] == "Succeeded"
    assert info["rollbackInfo"] == {
        "rollbackDeploymentId": rollback["deploymentId"],
        "rollbackMessage": f"Deployment {info['deploymentId']} terminated. Automatic rollback is triggered with a "
        f"DeploymentId {rollback['deploymentId']}.",
    }
    assert rollback["rollbackInfo"] == {
        "rollbackTriggeringDeploymentId": info["deploymentId"],
        "rollbackMessage": f"Deployment {rollback['deploymentId']} is triggered to roll back deployment "
        f"{info['deploymentId']}.",
    }
    assert [line for line in story.log if line.startswith("create")] == ["create v2 on green"]


def test_12_13_without_rollback_configured_two_task_sets_and_the_weights_stay(story: Story) -> None:
    story.group(deploymentConfigName=CANARY).deploy().during("AllowTraffic").stop().end().seconds(3600)
    assert story.info()["status"] == "Stopped"
    assert story.info()["rollbackInfo"] is None
    assert story.account.weights() == {"blue": 90, "green": 10}
    assert [one.status for one in story.account.task_sets.values()] == ["PRIMARY", "ACTIVE"]


@pytest.mark.parametrize(
    ("wait", "error"),
    [
        ("READY_WAIT", "DeploymentIsNotInReadyState"),
        ("TERMINATION_WAIT", "InvalidDeploymentStatus"),
        ("COFFEE", "InvalidDeploymentWaitType"),
    ],
)
def test_12_19_continuing_at_the_wrong_time_is_refused(story: Story, wait: str, error: str) -> None:
    story.group().deploy().during("Install")
    with pytest.raises(Refusal) as refusal:
        story.go_on(wait)
    assert refusal.value.error_type == f"{error}Exception"
