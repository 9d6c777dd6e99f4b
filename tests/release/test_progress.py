from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import progress
from bluegreen.release.snapshot import parse

Recorded = Callable[..., Any]
OPTIONS = "--environment sample --service orders"


@pytest.mark.parametrize(
    ("event", "waits_for"),
    [
        ("Install", "the replacement's tasks to become steady"),
        ("BeforeAllowTraffic", "the hook"),
        ("AllowTraffic", "production traffic to move"),
    ],
)
def test_an_event_under_way_says_since_when_and_what_it_waits_for(
    deployment_info: Recorded, ecs_target: Recorded, event: str, waits_for: str
) -> None:
    info = deployment_info()
    found = progress.of(parse(info, ecs_target(**{event: "InProgress"})), OPTIONS)
    assert (found.at, found.since, found.waits_for) == (event, info["createTime"], waits_for)
    assert f"`bluegreen watch d-1NNWZG91L {OPTIONS}` follows it" in found.next_step


def test_a_ready_deployment_waits_for_somebody(deployment_info: Recorded, ecs_target: Recorded) -> None:
    target = ecs_target(AfterAllowTestTraffic="Succeeded")
    found = progress.of(parse(deployment_info("Ready"), target), OPTIONS)
    assert found.at == "ready wait"
    assert found.since == target["lifecycleEvents"][4]["endTime"]
    assert f"`bluegreen continue d-1NNWZG91L {OPTIONS}` goes on at once" in found.next_step


def test_the_termination_wait_is_told_though_the_status_does_not(
    deployment_info: Recorded, ecs_target: Recorded
) -> None:
    info = deployment_info(instanceTerminationWaitTimeStarted=True)
    found = progress.of(parse(info, ecs_target(blue=0.0, AfterAllowTraffic="Succeeded")), OPTIONS)
    assert (found.at, found.waits_for) == ("termination wait", "5 min to pass, with the old tasks")


def test_a_deployment_that_has_not_begun_waits_for_codedeploy(deployment_info: Recorded) -> None:
    found = progress.of(parse(deployment_info("Queued"), None), OPTIONS)
    assert (found.at, found.waits_for) == ("Queued", "CodeDeploy")
