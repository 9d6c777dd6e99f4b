"""What can happen to a release, by name: how often, with which details, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from .faults import CALLS, CHANGES, Fault
from .simulated_account import BLUE, GREEN, PRODUCTION, TEST, forward
from .world import World

Detail = tuple[object, ...]
CHANGING = tuple(one for one in CALLS if one in CHANGES) * 2
ELSEWHERE = "arn:elsewhere"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`weight` is how often it is drawn, compared with the others."""

    weight: int
    draw: Callable[[Random], Detail]
    act: Callable[..., None]


def _stop(world: World, rollback: bool | None) -> None:
    world.stop(rollback)


def _continue(world: World, wait: str) -> None:
    world.go_on(wait)


def _second(world: World) -> None:
    world.release(world.plan.releases[-1])


def _crash(world: World, side: str) -> None:
    world.account.replace_tasks(world.task_set(side))


def _sicken(world: World, side: str, seconds: float) -> None:
    """Tasks fail their health checks from now on, and get well after a while."""
    tasks = world.account.tasks.get(world.task_set(side))
    if tasks:
        tasks.healthy = False
        world.later(seconds, lambda: setattr(tasks, "healthy", True))


def _scale(world: World, desired: int, seconds: float) -> None:
    """The desired count changes; new tasks take a while, and so long no task set is steady."""
    world.account.desired = desired
    for tasks in world.account.tasks.values():
        tasks.since, tasks.starts_after = world.clock.now(), seconds


def _alarm(world: World, name: str, state: str) -> None:
    world.set_alarm(name, state)


def _flap(world: World, name: str, every: float, times: int) -> None:
    for number in range(times):
        state = "OK" if number % 2 else "ALARM"
        world.later(number * every, lambda state=state: world.set_alarm(name, state))


def _fail(world: World, call: str, kind: str, seconds: float) -> None:
    now = world.clock.now()
    world.account.windows.append(Fault(call=call, kind=kind, start=now, end=now + seconds))


def _move(world: World, which: str, where: str) -> None:
    """Somebody points a listener, or one of its rules, elsewhere by hand."""
    actions = {"blue": forward(BLUE), "green": forward(GREEN), "elsewhere": forward(ELSEWHERE), "both": _both()}
    world.move(which, actions[where])


def _both() -> tuple[dict[str, Any], ...]:
    groups = [{"TargetGroupArn": BLUE, "Weight": 3}, {"TargetGroupArn": GREEN, "Weight": 1}]
    return ({"Type": "forward", "ForwardConfig": {"TargetGroups": groups}},)


def _drop(world: World, side: str) -> None:
    world.drop(side)


def _delete(world: World, what: str) -> None:
    requests: dict[str, dict[str, Any]] = {
        "delete_deployment_group": {"applicationName": "a", "deploymentGroupName": "g"},
        "delete_application": {"applicationName": "a"},
        "delete_deployment_config": {"deploymentConfigName": "custom"},
    }
    world.say(what, **requests[what])


def _forget(world: World) -> None:
    """The revisions are deleted from S3."""
    world.account.objects.clear()


def _replay(world: World, status: str) -> None:
    """A function reports again, for any event that it ever ran."""
    for payload in list(world.account.payloads):
        world.report(payload, status)


def _intrude(world: World, status: str) -> None:
    """Somebody reports with an execution id that is none."""
    world.report({"DeploymentId": world.newest.id, "LifecycleEventHookExecutionId": "foreign"}, status)


def _none(_: Random) -> Detail:
    return ()


def _side(random: Random) -> str:
    return random.choice(("original", "replacement"))


def _fault(random: Random) -> Detail:
    """What changes something fails more often, and loses its answer as often as not."""
    call = random.choice(CALLS + CHANGING)
    kinds = ("throttled", "broken") * 3 + ("lost",) * (6 if call in CHANGES else 1) + ("denied",)
    return call, random.choice(kinds), random.choice((0.1, 1.5, 10.0, random.uniform(0, 400), 86400.0))


HAPPENINGS = {
    "stop": Kind(weight=6, draw=lambda random: (random.choice((None, True, False)),), act=_stop),
    "continue": Kind(weight=5, draw=lambda random: (random.choice(("READY_WAIT", "TERMINATION_WAIT")),), act=_continue),
    "second release": Kind(weight=3, draw=_none, act=_second),
    "crash": Kind(weight=3, draw=lambda random: (_side(random),), act=_crash),
    "sicken": Kind(weight=3, draw=lambda random: (_side(random), random.choice((40.0, 280.0, 4000.0))), act=_sicken),
    "scale": Kind(weight=2, draw=lambda random: (random.randint(0, 5), random.uniform(0, 400)), act=_scale),
    "alarm": Kind(weight=3, draw=lambda random: (random.choice(("errors", "latency")), "ALARM"), act=_alarm),
    "flap": Kind(weight=2, draw=lambda random: ("errors", random.uniform(1, 60), random.randint(1, 6)), act=_flap),
    "fault": Kind(weight=14, draw=_fault, act=_fail),
    "move": Kind(
        weight=4,
        draw=lambda random: (
            random.choice((PRODUCTION, PRODUCTION, TEST, f"{PRODUCTION}/rule0")),
            random.choice(("blue", "green", "elsewhere", "both")),
        ),
        act=_move,
    ),
    "drop": Kind(weight=2, draw=lambda random: (_side(random),), act=_drop),
    "delete": Kind(
        weight=2,
        draw=lambda random: (
            random.choice(("delete_deployment_group", "delete_application", "delete_deployment_config")),
        ),
        act=_delete,
    ),
    "forget": Kind(weight=1, draw=_none, act=_forget),
    "replay": Kind(weight=3, draw=lambda random: (random.choice(("Succeeded", "Failed", "Skipped")),), act=_replay),
    "intrude": Kind(weight=1, draw=lambda random: (random.choice(("Succeeded", "Failed")),), act=_intrude),
}
