"""Whatever happens, a deployment ends, and with rollback configured the traffic is on one healthy side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bluegreen.loopback import machine
from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy.lifecycle import HOOKED
from bluegreen.loopback.machine import Machine
from tests.loopback.simulation.faults import throttled
from tests.loopback.simulation.simulated_account import Function

from .story import Story, alarms, rollback_on, waits

CONFIGURATIONS = ("ECSAllAtOnce", "ECSCanary10Percent5Minutes", "ECSLinear10PercentEvery1Minutes")
CALLS = ("DescribeServices", "CreateTaskSet", "CreateTaskSet answer", "ModifyListener", "DeleteTaskSet", "Invoke")
STEP = 4.0
ROLLBACK = rollback_on("FAILURE", "STOP_ON_ALARM", "STOP_ON_REQUEST")

functions = st.builds(
    Function,
    status=st.sampled_from(["Succeeded", "Succeeded", "Succeeded", "Failed", None]),
    after=st.floats(0, 90),
    times=st.integers(1, 2),
)


@dataclass(frozen=True)
class Event:
    """Something that happens `at` AWS seconds after the start."""

    at: float
    name: str
    act: Callable[[Story], object]

    def __repr__(self) -> str:
        return f"{self.name} at {self.at:.0f}"


def _event(name: str, act: Callable[[Story], object]) -> st.SearchStrategy[Event]:
    return st.builds(Event, st.floats(0, 900), st.just(name), st.just(act))


def _say(operation: str, **request: Any) -> Callable[[Story], object]:
    return lambda story: story.say(operation, deploymentId=story.id, **request)


def _fault(call: str) -> Callable[[Story], object]:
    return lambda story: story.account.faults.setdefault(call, []).extend([throttled()] * 3)


events = st.one_of(
    _event("stop", _say("stop_deployment")),
    _event("stop with rollback", _say("stop_deployment", autoRollbackEnabled=True)),
    _event("continue", _say("continue_deployment", deploymentWaitType="READY_WAIT")),
    _event("end the termination wait", _say("continue_deployment", deploymentWaitType="TERMINATION_WAIT")),
    _event("crash of the original", lambda story: story.account.replace_tasks("arn:taskset/0")),
    _event("crash of the replacement", lambda story: story.account.replace_tasks("arn:taskset/1")),
    _event("alarm", lambda story: story.account.alarms.update(errors="ALARM")),
    *(_event(f"{call} throttled", _fault(call)) for call in CALLS),
)


@contextmanager
def _story() -> Iterator[Story]:
    here = Machine(clock=(clock := ManualClock()))
    machine.install(here)
    try:
        yield Story(clock)
    finally:
        here.close()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    hooks=st.dictionaries(st.sampled_from(HOOKED), functions, max_size=3),
    happenings=st.lists(events, max_size=6, unique_by=lambda event: event.name),
    configuration=st.sampled_from(CONFIGURATIONS),
    ready=st.sampled_from([None, None, 5]),
    termination=st.sampled_from([0, 5]),
)
def test_every_deployment_ends_with_traffic_on_one_healthy_side(
    hooks: dict[str, Function], happenings: list[Event], configuration: str, ready: int | None, termination: int
) -> None:
    with _story() as story:
        story.account.functions = dict(hooks)
        story.group(
            deploymentConfigName=f"CodeDeployDefault.{configuration}",
            blueGreenDeploymentConfiguration=waits(termination=termination, ready=ready),
            alarmConfiguration=alarms("errors"),
            autoRollbackConfiguration=ROLLBACK,
        ).deploy(hooks={event: event for event in hooks})
        _live_through(story, happenings)
        _check_end(story)


def _live_through(story: Story, happenings: list[Event]) -> None:
    began = story.clock.now()
    left = sorted(happenings, key=lambda event: event.at)
    while not story.deployment.status.terminal:
        while left and story.clock.now() - began >= left[0].at:
            left.pop(0).act(story)
        story.tick(STEP)
        assert story.clock.now() - began < 6 * 3600, story.info()
    story.seconds(180)  # time for ECS to replace tasks that crashed at the very end


def _check_end(story: Story) -> None:
    story.account.faults.clear()
    service = story.account.describe_service("c", "s")
    info, shares = story.info(), story.account.weights()
    (side,) = shares
    assert service
    assert service.primary
    assert service.primary.target_group == f"arn:{side}"
    assert story.account.serving(side)
    assert side == ("green" if info["status"] == "Succeeded" else "blue")
    assert len(service.task_sets) == 1, "a task set is left over"
    assert not {"InProgress", "Pending"} & set(story.events().values())
    assert info["rollbackInfo"] is None or story.rollback()["status"] == "Succeeded"
