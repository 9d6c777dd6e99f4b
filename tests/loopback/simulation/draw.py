"""Draws a plan: everything that is random in a history is random here, from the seed alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bluegreen.loopback.codedeploy.lifecycle import HOOKED

from .happenings import HAPPENINGS
from .plan import Happening, Moment, Plan, Release, Routing
from .simulated_account import Function

EVENTS = (*HOOKED, "Install", "AllowTestTraffic", "AllowTraffic", "AllowTraffic", "Ready", "Waiting")
STEERED = ("DescribeServices", "CreateTaskSet", "ModifyListener", "ModifyRule", "UpdateServicePrimaryTaskSet", "Invoke")
MEANWHILE = (*STEERED, "DeleteTaskSet")
ROLLBACKS = ("FAILURE", "STOP_ON_ALARM", "STOP_ON_REQUEST")
PREDEFINED = (
    Routing(predefined="ECSAllAtOnce"),
    Routing(type="TimeBasedCanary", percentage=10, minutes=5, predefined="ECSCanary10Percent5Minutes"),
    Routing(type="TimeBasedCanary", percentage=10, minutes=15, predefined="ECSCanary10Percent15Minutes"),
    Routing(type="TimeBasedLinear", percentage=10, minutes=1, predefined="ECSLinear10PercentEvery1Minutes"),
    Routing(type="TimeBasedLinear", percentage=10, minutes=3, predefined="ECSLinear10PercentEvery3Minutes"),
)


def draw(seed: int) -> Plan:
    """Return the plan of a seed; the same one each time."""
    random = Random(seed)  # noqa: S311 - repeatable on purpose
    releases = tuple(_release(random, number) for number in range(random.choice((1, 1, 1, 2, 2, 3))))
    ready = random.choice((None,) * 7 + (0, 5, 5, 60, 60))
    return Plan(
        seed=seed,
        routing=_routing(random),
        test_on=random.choice((None, "blue", "green", "green")),
        rules=random.choice((0, 0, 1, 2)),
        ready=ready,
        termination=random.choice((0, 1, 5, 60)),
        alarms=_alarms(random),
        ignore_unreadable=random.random() < 0.3,
        rollback=tuple(one for one in ROLLBACKS if random.random() < 0.7) if random.random() < 0.8 else (),
        releases=releases,
        happenings=_happenings(random, len(releases)) + (_continued(random, len(releases)) if ready else ()),
    )


def _routing(random: Random) -> Routing:
    if random.random() < 0.7:
        return random.choice(PREDEFINED)
    if random.random() < 0.5:
        return Routing(type="TimeBasedCanary", percentage=random.randint(1, 99), minutes=random.randint(1, 30))
    return Routing(type="TimeBasedLinear", percentage=random.randint(7, 99), minutes=random.randint(1, 6))


def _alarms(random: Random) -> tuple[tuple[str, str], ...]:
    names = random.choice(((), ("errors",), ("errors", "latency")))
    states = ("OK",) * 40 + ("INSUFFICIENT_DATA", "ALARM")
    return tuple((name, random.choice(states)) for name in names)


def _release(random: Random, number: int) -> Release:
    return Release(
        gap=random.choice((0.5, 30.0, 200.0)) if number else 0.0,
        hooks=tuple((event, _function(random)) for event in HOOKED if random.random() < 0.35),
        starts_after=random.choice((0.0, 20.0, 30.0, 30.0, 120.0) * 4 + (1800.0, random.uniform(3500, 3700))),
        healthy=random.random() < 0.97,
        stored=random.random() < 0.2,
        alarms_off=random.random() < 0.1,
    )


def _function(random: Random) -> Function:
    soon = (0.0, 5.0, random.uniform(0, 90))
    late = (random.uniform(0, 900), random.uniform(3590, 3620))
    return Function(
        status=random.choice(("Succeeded",) * 24 + ("Failed", "Failed", None)),
        after=random.choice(soon * 6 + late),
        times=random.choice((1, 1, 1, 2)),
        second=random.choice((None, "Failed", "Succeeded")),
    )


def _continued(random: Random, releases: int) -> tuple[Happening, ...]:
    """Most releases that are ready are continued."""
    return tuple(
        Happening(
            kind="continue",
            moment=Moment(release=release, seconds=random.uniform(0, 250), event="Ready"),
            detail=("READY_WAIT",),
        )
        for release in range(releases)
        if random.random() < 0.8
    )


def _happenings(random: Random, releases: int) -> tuple[Happening, ...]:
    count = random.choice((0, 1, 1, 2, 2, 3, 3, 4, 6, 8))
    kinds = random.choices(list(HAPPENINGS), [one.weight for one in HAPPENINGS.values()], k=count)
    return tuple(_happening(random, kind, releases) for kind in kinds)


def _happening(random: Random, kind: str, releases: int) -> Happening:
    """Half of the faults begin with the very call that they meet, the release's first one or a later one."""
    moment, detail = _moment(random, releases), HAPPENINGS[kind].draw(random)
    if kind == "fault" and random.random() < 0.5:
        first = Moment(release=moment.release, seconds=0.0)
        moment = replace(random.choice((moment, first)), call=str(detail[0]))
    return Happening(kind=kind, moment=moment, detail=detail)


def _moment(random: Random, releases: int) -> Moment:
    release, form = random.randrange(releases), random.random()
    event = random.choice(EVENTS) if form < 0.75 else None
    seconds = random.choice((0.0, random.uniform(0, 3), random.uniform(0, 60), random.uniform(0, 900)))
    call = random.choice(MEANWHILE) if form < 0.2 else None
    return Moment(release=release, seconds=seconds, event=event, call=call)
