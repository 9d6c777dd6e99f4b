from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import stop_effect
from bluegreen.release.changes import Sides
from bluegreen.release.errors import ReleaseError
from bluegreen.release.snapshot import parse

Recorded = Callable[..., Any]
SIDES = Sides("api:4", "api:5")
OPTIONS = "--environment sample"


def test_before_traffic_moves_a_rollback_only_ends_the_new_tasks(
    deployment_info: Recorded, ecs_target: Recorded
) -> None:
    deployment = parse(deployment_info("Ready"), ecs_target(blue=100.0))
    stop_effect.check(deployment, OPTIONS, rollback=True)
    words = "production traffic stays at api:4; the tasks of api:5 are ended"
    assert stop_effect.words(deployment, SIDES, OPTIONS, rollback=True) == words


@pytest.mark.parametrize("blue", [90.0, 0.0])
def test_once_traffic_has_moved_a_rollback_brings_it_back(
    deployment_info: Recorded, ecs_target: Recorded, blue: float
) -> None:
    deployment = parse(deployment_info(), ecs_target(blue=blue))
    stop_effect.check(deployment, OPTIONS, rollback=True)
    words = f"goes back to api:4, whose tasks still run; api:5 has {100 - blue:g} % of it now"
    assert stop_effect.words(deployment, SIDES, OPTIONS, rollback=True) == f"production traffic {words}"


def test_without_a_rollback_weights_stay(deployment_info: Recorded, ecs_target: Recorded) -> None:
    deployment = parse(deployment_info(), ecs_target(blue=90.0))
    words = stop_effect.words(deployment, SIDES, OPTIONS, rollback=False)
    assert "production traffic: api:4 90 %, api:5 10 %; `bluegreen rollback --environment sample` gives all" in words
    nothing_moved = parse(deployment_info("Ready"), ecs_target(blue=100.0))
    assert "bluegreen rollback" not in stop_effect.words(nothing_moved, SIDES, OPTIONS, rollback=False)


def test_a_deployment_that_has_done_nothing_yet_can_be_stopped(deployment_info: Recorded) -> None:
    stop_effect.check(parse(deployment_info("Created"), None), OPTIONS, rollback=True)


def test_when_the_old_tasks_are_being_ended_there_is_no_way_back_by_a_stop(
    deployment_info: Recorded, ecs_target: Recorded
) -> None:
    target = ecs_target(blue=0.0)
    target["taskSetsInfo"][0]["status"] = "DRAINING"
    with pytest.raises(ReleaseError, match=f"`bluegreen rollback {OPTIONS}` takes it back in a moment"):
        stop_effect.check(parse(deployment_info(), target), OPTIONS, rollback=True)


@pytest.mark.parametrize("status", ["Succeeded", "Failed", "Stopped"])
def test_what_is_over_cannot_be_stopped(deployment_info: Recorded, status: str) -> None:
    with pytest.raises(ReleaseError, match=f"d-1NNWZG91L is over already: it is {status}"):
        stop_effect.check(parse(deployment_info(status), None), OPTIONS, rollback=True)


def test_a_rollback_of_codedeploy_is_left_alone(deployment_info: Recorded) -> None:
    info = deployment_info(rollbackInfo={"rollbackTriggeringDeploymentId": "d-FAILED000"})
    with pytest.raises(ReleaseError, match="is the rollback of d-FAILED000: let it end"):
        stop_effect.check(parse(info, None), OPTIONS, rollback=False)
