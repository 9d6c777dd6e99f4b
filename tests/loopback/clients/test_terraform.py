"""What Terraform said of a configuration that was written by hand.

Its commands cost seconds and its load balancer a minute, so one history is played and each test reads it.
"""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from tests.loopback.clients.history import CHANGE, GROUP_RESOURCE, History

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

RESOURCES = 22


@pytest.fixture
def history(playing: Future[History]) -> History:
    return playing.result()


def test_it_is_applied_and_the_plan_is_clean(history: History) -> None:
    assert history.created.summary["add"] == RESOURCES
    assert (history.then.code, history.then.planned) == (0, [])


def test_the_plan_stays_clean_after_a_release(history: History) -> None:
    assert history.released["status"] == "Succeeded"
    assert (history.after_release.code, history.after_release.planned) == (0, [])


def test_12_17_terraform_without_ignore_changes_takes_the_release_back_by_halves(history: History) -> None:
    assert sorted(history.careless.planned) == [
        "update aws_ecs_service.this",
        "update aws_lb_listener.production",
        "update aws_lb_listener_rule.api",
    ]
    assert "Use AWS CodeDeploy to trigger a new deployment." in history.carelessly_applied.errors
    assert history.visitors == 503
    assert history.next_release["status"] == "Failed"
    assert "Primary taskset target group must be behind listener" in history.next_release["errorInformation"]["message"]


def test_a_change_of_the_group_is_planned_applied_in_place_and_read_back(history: History) -> None:
    assert history.change.planned == [f"update {GROUP_RESOURCE}"]
    assert set(history.changed) == {
        "alarm_configuration",
        "auto_rollback_configuration",
        "blue_green_deployment_config",
    }
    assert (history.applied.errors, history.applied.summary["change"]) == ("", 1)
    waits = history.group["blueGreenDeploymentConfiguration"]["terminateBlueInstancesOnDeploymentSuccess"]
    assert waits["terminationWaitTimeInMinutes"] == CHANGE["termination_wait"]
    assert history.group["alarmConfiguration"]["alarms"] == [{"name": "hand-errors"}]
    (trigger,) = history.group["triggerConfigurations"]
    assert sorted(trigger["triggerEvents"]) == ["DeploymentFailure", "DeploymentStop"]
    assert sorted(history.group["autoRollbackConfiguration"]["events"]) == CHANGE["rollback_events"]
    assert (history.at_last.code, history.at_last.planned) == (0, [])


def test_it_is_destroyed_and_nothing_is_left(history: History) -> None:
    assert (history.destroyed.errors, history.destroyed.summary["remove"]) == ("", RESOURCES)
    assert history.left == []
