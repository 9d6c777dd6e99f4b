"""Gradual shifts of production traffic."""

from __future__ import annotations

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.traffic import RoutingType, Shift, TrafficRouting, schedule

from .story import Story

LINEAR = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"
CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"


def test_a_canary_waits_once(story: Story) -> None:
    steps = story.group(deploymentConfigName=CANARY).deploy().shifts()
    assert [(weight, round(at / 60)) for weight, at in steps] == [(10, 0), (100, 5)]


def test_traffic_is_allowed_as_soon_as_all_of_it_has_moved() -> None:
    routing = TrafficRouting(type=RoutingType.CANARY, percentage=10, minutes=5)
    assert schedule(routing) == (Shift(10, 5), Shift(100))


def test_the_last_linear_step_is_the_remainder() -> None:
    routing = TrafficRouting(type=RoutingType.LINEAR, percentage=30, minutes=2)
    assert schedule(routing) == (Shift(30, 2), Shift(60, 2), Shift(90, 2), Shift(100))


def test_a_gradual_group_writes_both_groups_into_the_listener_at_once(story: Story) -> None:
    story.group(deploymentConfigName=CANARY)
    assert story.log == ["production: blue 100, green 0"]


def test_a_network_load_balancer_shifts_only_all_at_once(story: Story) -> None:
    story.account.protocols["arn:production"] = "TCP"
    with pytest.raises(Refusal, match="Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing"):
        story.group(deploymentConfigName=CANARY)


def test_tasks_that_stay_away_for_five_minutes_end_a_shift(story: Story) -> None:
    story.group(deploymentConfigName=LINEAR).deploy().during("AllowTraffic")
    story.act(lambda: setattr(story.account.tasks["arn:taskset/1"], "healthy", False)).seconds(280)
    assert story.info()["status"] == "InProgress"
    story.end()
    assert story.info()["status"] == "Failed"


def test_tasks_that_come_back_do_not(story: Story) -> None:
    story.group(deploymentConfigName=LINEAR).deploy().during("AllowTraffic")
    story.act(lambda: story.account.replace_tasks("arn:taskset/1")).end()
    assert story.info()["status"] == "Succeeded"
