"""Whose deployment keeps the group busy, since when, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bluegreen.release import busy
from bluegreen.release.snapshot import parse
from tests.release.conftest import START

Recorded = Callable[..., Any]
NOW = START + timedelta(minutes=12)


def told(info: dict[str, Any], target: Any = None) -> str:
    return busy.describe(parse(info, target), "-e sample", NOW)


def test_it_names_who_what_since_when_and_three_ways_on(deployment_info: Recorded, ecs_target: Recorded) -> None:
    info = deployment_info(description="the big one [api:4 -> 5; by octocat; image print-blue]")
    assert told(info, ecs_target(Install="InProgress")) == (
        'd-1NNWZG91L of api:4 -> api:5, started by octocat 12 min ago (2026-11-22 14:00:00 UTC), "the big one", '
        "now at Install, which waits for the replacement's tasks to become steady: "
        "`bluegreen watch d-1NNWZG91L -e sample` follows it, `bluegreen stop d-1NNWZG91L -e sample` takes it back"
    )


@pytest.mark.parametrize("info", [{"status": "Ready"}, {"instanceTerminationWaitTimeStarted": True}])
def test_one_that_waits_can_be_continued(deployment_info: Recorded, info: dict[str, Any]) -> None:
    assert "`bluegreen continue d-1NNWZG91L -e sample` ends its wait" in told(deployment_info(**info))


def test_a_rollback_is_codedeploy_s_and_cannot_be_stopped(deployment_info: Recorded) -> None:
    rollback = {"rollbackTriggeringDeploymentId": "d-0"}
    line = told(deployment_info(creator="codeDeployRollback", rollbackInfo=rollback))
    assert "started by CodeDeploy, as a rollback 12 min ago" in line
    assert "bluegreen stop" not in line


def test_a_foreign_description_names_nobody(deployment_info: Recorded) -> None:
    line = told(deployment_info(description="from the console"))
    assert (
        'somebody whom its description does not name 12 min ago (2026-11-22 14:00:00 UTC), "from the console"' in line
    )


def test_a_clock_that_is_behind_does_not_count_backwards(deployment_info: Recorded) -> None:
    ahead = deployment_info(createTime=NOW + timedelta(minutes=3))
    assert " 0 s ago (" in told(ahead)
