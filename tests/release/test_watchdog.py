"""When a hook counts as silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import watchdog
from bluegreen.release.snapshot import Snapshot, parse
from bluegreen.release.watchdog import Silence

Recorded = Callable[..., Any]
HOOK = "BeforeAllowTraffic"
LIMITS = {HOOK: 50.0, "AfterAllowTraffic": 320.0}


@pytest.fixture
def at(deployment_info: Recorded, ecs_target: Recorded) -> Callable[..., Snapshot]:
    """A deployment with some events at some status."""
    return lambda status="InProgress", **events: parse(deployment_info(status), ecs_target(**events))


def test_a_hook_is_silent_when_it_was_seen_running_for_longer_than_its_limit(at: Callable[..., Snapshot]) -> None:
    now = at(BeforeAllowTraffic="InProgress")
    since = watchdog.begun({}, now, 100.0)
    assert watchdog.judge(now, since, LIMITS, 150.0) is None
    assert watchdog.judge(now, since, LIMITS, 150.5) == Silence(HOOK, 50.5)


def test_only_what_was_seen_counts_and_not_what_aws_says_of_its_start(at: Callable[..., Snapshot]) -> None:
    now = at(BeforeAllowTraffic="InProgress")
    assert now.lifecycle[5].start, "the event says that it began long ago"
    assert watchdog.judge(now, watchdog.begun({}, now, 9000.0), LIMITS, 9001.0) is None


def test_a_hook_that_runs_on_is_counted_from_the_first_look(at: Callable[..., Snapshot]) -> None:
    now = at(BeforeAllowTraffic="InProgress")
    assert watchdog.begun(watchdog.begun({}, now, 100.0), now, 140.0) == {HOOK: 100.0}


def test_each_hook_has_its_own_limit_and_begins_anew(at: Callable[..., Snapshot]) -> None:
    first, second = at(BeforeAllowTraffic="InProgress"), at(AfterAllowTraffic="InProgress")
    since = watchdog.begun(watchdog.begun({}, first, 0.0), second, 40.0)
    assert watchdog.judge(second, since, LIMITS, 300.0) is None
    assert watchdog.judge(second, since, LIMITS, 361.0) == Silence("AfterAllowTraffic", 321.0)


def test_events_without_a_hook_may_take_as_long_as_they_like(at: Callable[..., Snapshot]) -> None:
    now = at(Install="InProgress")
    assert watchdog.judge(now, watchdog.begun({}, now, 0.0), LIMITS, 3600.0) is None


@pytest.mark.parametrize("status", ["Ready", "Succeeded", "Failed", "Stopped", "Queued", "Simmering"])
def test_a_wait_and_an_end_are_no_silence(at: Callable[..., Snapshot], status: str) -> None:
    now = at(status, BeforeAllowTraffic="InProgress")
    assert watchdog.judge(now, watchdog.begun({}, now, 0.0), LIMITS, 3600.0) is None


def test_the_termination_wait_is_no_silence(at: Callable[..., Snapshot]) -> None:
    before, now = at(AfterAllowTraffic="InProgress"), at(AfterAllowTraffic="Succeeded")
    since = watchdog.begun(watchdog.begun({}, before, 0.0), now, 1.0)
    assert watchdog.judge(now, since, LIMITS, 3600.0) is None


def test_a_rollback_asks_no_hook(deployment_info: Recorded, ecs_target: Recorded) -> None:
    info = deployment_info(rollbackInfo={"rollbackTriggeringDeploymentId": "d-OTHER"})
    now = parse(info, ecs_target(BeforeAllowTraffic="InProgress"))
    assert watchdog.judge(now, watchdog.begun({}, now, 0.0), LIMITS, 3600.0) is None
