"""The ready wait, alarms, and ContinueDeployment at the wrong time."""

from __future__ import annotations

import pytest

from bluegreen.loopback.codedeploy.call_failed import CallFailed
from bluegreen.loopback.codedeploy.exceptions import Refusal
from tests.loopback.simulation.faults import throttled
from tests.loopback.simulation.simulated_account import TEST

from .story import Story, alarms, rollback_on, waits

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"


def test_a_deployment_is_ready_once_test_traffic_is_routed(story: Story) -> None:
    story.group(blueGreenDeploymentConfiguration=waits(ready=30)).deploy().status("Ready").seconds(600)
    assert story.info()["status"] == "Ready"
    assert (story.account.weights(), story.account.weights(TEST)) == ({"blue": 1}, {"green": 1})
    assert story.events()["BeforeAllowTraffic"] == "Pending"
    story.go_on().end()
    assert story.info()["status"] == "Succeeded"


def test_nobody_continues_and_it_is_stopped(story: Story) -> None:
    story.group(
        blueGreenDeploymentConfiguration=waits(ready=30), autoRollbackConfiguration=rollback_on("STOP_ON_REQUEST")
    )
    story.deploy().status("Ready").end()
    assert story.info()["status"] == "Stopped"
    assert story.info()["errorInformation"]["message"] == (
        "The deployment timed out while waiting for a notification to continue. This time out period is 30 minutes."
    )
    assert story.rollback()["status"] == "Succeeded"


def test_what_is_over_can_be_neither_continued_nor_stopped(story: Story) -> None:
    story.group().deploy().end()
    for attempt in (story.go_on, story.stop):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.error_type == "DeploymentAlreadyCompletedException"


def test_an_alarm_during_install_stops_it_as_well(story: Story) -> None:
    story.account.alarms = {"errors": "OK"}
    story.group(
        deploymentConfigName=CANARY,
        alarmConfiguration=alarms("errors"),
        autoRollbackConfiguration=rollback_on("STOP_ON_ALARM"),
    )
    story.deploy().during("Install").act(lambda: story.account.alarms.update(errors="ALARM"))
    began = story.clock.now()
    story.end()
    assert story.clock.now() - began <= 23
    assert story.info()["status"] == "Stopped"
    assert story.account.weights() == {"blue": 100}
    assert story.rollback()["status"] == "Succeeded"


def test_an_alarm_without_data_stops_nothing(story: Story) -> None:
    story.account.alarms = {"errors": "INSUFFICIENT_DATA"}
    story.group(alarmConfiguration=alarms("errors")).deploy().end()
    assert story.info()["status"] == "Succeeded"


def test_an_override_turns_the_alarms_off_for_the_fixing_release(story: Story) -> None:
    story.account.alarms = {"errors": "ALARM"}
    story.group(alarmConfiguration=alarms("errors"))
    story.deploy(overrideAlarmConfiguration={"enabled": False, "alarms": []}).end()
    assert story.info()["status"] == "Succeeded"


@pytest.mark.parametrize(("ignore", "status"), [(False, "Stopped"), (True, "Succeeded")])
def test_alarms_that_cannot_be_read(story: Story, ignore: bool, status: str) -> None:
    story.account.faults["DescribeAlarms"] = [CallFailed("AmazonCloudWatch", "AccessDenied", "no", status=403)] * 999
    story.group(alarmConfiguration=alarms("errors", ignorePollAlarmFailure=ignore)).deploy().end()
    assert story.info()["status"] == status


@pytest.mark.parametrize(("failures", "status"), [(20, "Succeeded"), (60, "Stopped")])
def test_alarms_whose_service_is_busy_are_read_again_for_five_minutes(story: Story, failures: int, status: str) -> None:
    story.account.alarms = {"errors": "OK"}
    story.account.faults["DescribeAlarms"] = [throttled("AmazonCloudWatch")] * failures
    story.group(deploymentConfigName=CANARY, alarmConfiguration=alarms("errors")).deploy().end()
    assert story.info()["status"] == status


def test_an_alarm_that_turns_red_while_it_cannot_be_read_is_seen_afterwards(story: Story) -> None:
    story.account.alarms = {"errors": "ALARM"}
    story.account.faults["DescribeAlarms"] = [throttled("AmazonCloudWatch")] * 3
    story.group(deploymentConfigName=CANARY, alarmConfiguration=alarms("errors")).deploy().end()
    assert story.info()["errorInformation"]["code"] == "ALARM_ACTIVE"
    assert story.info()["completeTime"] - story.info()["createTime"] < 60


def test_a_stop_is_accepted_in_awss_words(story: Story) -> None:
    story.group().deploy().during("Install")
    assert story.api("stop_deployment", deploymentId=story.id) == {
        "status": "Pending",
        "statusMessage": "No more commands will be scheduled for execution in the deployment instances",
    }
