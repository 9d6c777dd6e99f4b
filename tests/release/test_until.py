"""When a release has moved all traffic, and nothing but the old tasks is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bluegreen.release import until
from bluegreen.release.changes import Sides
from bluegreen.release.snapshot import parse
from tests.release.conftest import NAMES, START

Recorded = Callable[..., Any]
ALL = dict.fromkeys(NAMES, "Succeeded")


def test_all_traffic_and_the_last_check_mean_shifted(deployment_info: Recorded, ecs_target: Recorded) -> None:
    assert until.shifted(parse(deployment_info(), ecs_target(0.0, **ALL)))


@pytest.mark.parametrize(
    ("blue", "status", "changed"),
    [
        (0.0, "InProgress", {"AfterAllowTraffic": "InProgress"}),
        (0.0, "InProgress", {"AfterAllowTraffic": "Failed"}),
        (90.0, "InProgress", {}),
        (0.0, "Succeeded", {}),
        (0.0, "Stopped", {}),
    ],
)
def test_anything_less_or_more_is_not(
    deployment_info: Recorded, ecs_target: Recorded, blue: float, status: str, changed: dict[str, str]
) -> None:
    assert not until.shifted(parse(deployment_info(status), ecs_target(blue, **{**ALL, **changed})))


def test_codedeploy_s_own_word_counts_where_it_lists_no_events(deployment_info: Recorded) -> None:
    assert until.shifted(parse(deployment_info(instanceTerminationWaitTimeStarted=True), None))


def test_a_rollback_is_waited_for_to_its_end(deployment_info: Recorded, ecs_target: Recorded) -> None:
    info = deployment_info(rollbackInfo={"rollbackTriggeringDeploymentId": "d-0"})
    assert not until.shifted(parse(info, ecs_target(0.0, **ALL)))


def test_it_says_what_still_runs_and_how_to_go_on(deployment_info: Recorded, ecs_target: Recorded) -> None:
    deployment = parse(deployment_info(), ecs_target(0.0, **ALL))
    event = until.as_event(deployment, Sides("api:4", "api:5"), "-e sample", START + timedelta(seconds=90))
    first, second, third = event.text.splitlines()
    assert first == "api:5: all production traffic has moved after 1 min 30 s (d-1NNWZG91L)"
    assert second.startswith("still running: the tasks of api:4, 5 min at most (termination wait)")
    assert "`bluegreen rollback -e sample`" in third
    assert "`bluegreen continue d-1NNWZG91L -e sample`" in third
    assert event.fields["exit_code"] == 0
