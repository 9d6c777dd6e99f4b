"""Evidence such as a run of drills leaves: the same from the same seed. `python -m tests.report.sample` prints it."""

from __future__ import annotations

import math
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime
from statistics import NormalDist

from bluegreen.report.document import dump
from bluegreen.report.drill import Drill, Kind, Promise, Variant
from bluegreen.report.evidence import Evidence, Run
from bluegreen.report.figures import NONE, Exposure, Figures
from bluegreen.report.latency import Phase, phase
from bluegreen.report.timeline import Alarm, Event, Role, Timeline, Version, Weight

RATE = 200
STEP = 0.1
ANSWERED = 300
"""Answers in each phase that the sample's latency is told from."""
UNTIL_THE_HOOK = ("BeforeInstall", "Install", "AfterInstall", "AllowTestTraffic", "AfterAllowTestTraffic")
REJECTED = """\
d-27B7L75K0: app:2 -> app:3
AfterAllowTestTraffic  Failed  6.6 s
reason: the hook turned the release down at AfterAllowTestTraffic: /one: expected status 200, got status 500
  GET /one: expected status 200, got status 500 from app:3, 11 attempts, 6586 ms
rolled back by d-4T1K2M9X0: Succeeded
traffic now: 100 % to app:2 (rehearsal-cluster-green)
next: mend the image and release it under a new tag"""
ALARMED = """\
d-9QX12ABC4: app:2 -> app:3
reason: the alarm rehearsal-5xx-green went off during AllowTraffic: answers 5xx by the tasks: 5 or more
rolled back by d-0AB77XZ15: Succeeded
traffic now: 100 % to app:2 (rehearsal-cluster-green)
next: see what the alarm counted, mend the image and release it under a new tag"""


def evidence(seed: int = 1, *, broken: bool = False) -> Evidence:
    """Return a run that keeps every promise in `bluegreen`'s drills, or (`broken`) one that does not."""
    dice = random.Random(seed)  # noqa: S311  an example, no secret
    drills = [
        _rejected(dice, "answers-500", "bad version", "Every route answers 500."),
        _rejected(dice, "wrong-body", "bad version", "The status is right, the body is another version's."),
        _rejected(dice, "right-on-health-only", "bad version", "Only /health answers as it should."),
        _rejected(dice, "image-missing", "bad task", "The image was never pushed."),
        _rejected(dice, "test-listener-moved", "bad stage", "Somebody points the test listener at the live version."),
        _rejected(dice, "hook-crashes", "bad hook", "The hook's process dies while it checks."),
        _alarm_in_a_canary(dice),
        _good(dice, "all-at-once", "A good version is released in one step."),
        _linear(dice),
        _twenty(dice),
        _let_through(dice, "answers-500", "bad version", "Every route answers 500."),
        _let_through(dice, "wrong-body", "bad version", "The status is right, the body is another version's."),
        _let_through(
            dice, "test-listener-moved", "bad stage", "Somebody points the test listener at the live version."
        ),
        replace(_good(dice, "all-at-once", "A good version is released in one step."), variant="article"),
    ]
    if broken:
        drills[1:1] = [_dropped(dice), _broke_off()]
    run = Run(datetime(2026, 11, 25, 14, 7, tzinfo=UTC), 812.4, "2 cores, x86_64", minute=2.0, rate=RATE)
    return Evidence(run, tuple(drills))


def _drill(
    name: str,
    kind: Kind,
    purpose: str,
    figures: Figures,
    timeline: Timeline,
    reason: str,
    variant: Variant = "bluegreen",
) -> Drill:
    seen = [("no request was dropped", figures.dropped), ("no answer by an unverified version", figures.unverified)]
    promises = [Promise(text, count == 0, f"{count} of {figures.requests} requests") for text, count in seen]
    account = Promise("the account is as a release leaves it", True, "1 task set, 1 listener rule, no task left over")
    folder = f"logs/{variant}/{name}"
    logs = (f"{folder}/bluegreen.log", f"{folder}/hook.log", f"{folder}/tasks.log")
    return Drill(name, kind, purpose, variant, (*promises, account), reason, figures, timeline, logs)


def _figures(dice: random.Random, requests: int, **more: object) -> Figures:
    plain = Figures(
        requests=requests,
        dropped=0,
        risked=0,
        unverified=0,
        bad=0,
        allowed=NONE,
        seen=NONE,
        longest_gap=dice.uniform(0.015, 0.05),
        before=_latency(dice, 1.0),
        during=_latency(dice, 1.4),
        after=_latency(dice, 1.0),
        seconds_to_verdict=dice.uniform(0.7, 1.2),
        seconds_to_shift=dice.uniform(1.2, 1.5),
        seconds_to_roll_back=None,
    )
    return replace(plain, **more)  # pyrefly: ignore[bad-argument-type]


def _latency(dice: random.Random, times: float) -> Phase | None:
    median, ninety_ninth = 2.4 * times * dice.uniform(0.9, 1.1), 7.5 * times * dice.uniform(0.9, 1.3)
    log_normal = NormalDist(math.log(median), math.log(ninety_ninth / median) / NormalDist().inv_cdf(0.99))
    waits = [math.exp(log_normal.inv_cdf((index + 0.5) / ANSWERED)) for index in range(ANSWERED)]
    return phase([*waits, 19 * times * dice.uniform(1, 3)])


def _answers(dice: random.Random, steps: int) -> list[int]:
    return [max(0, round(dice.gauss(RATE * STEP, 1.2))) for _ in range(steps)]


def _parted(
    dice: random.Random, steps: int, roles: tuple[tuple[str, Role], ...], shares: list[tuple[float, float]]
) -> tuple[Version, ...]:
    """Return two versions' answers; from each moment on, the second gets the share named with it."""
    total, second = _answers(dice, steps), []
    for index, count in enumerate(total):
        share = next((share for at, share in reversed(shares) if at <= index * STEP), 0.0)
        second.append(sum(dice.random() < share for _ in range(count)))
    first = [count - other for count, other in zip(total, second, strict=True)]
    return tuple(Version(*role, tuple(counts)) for role, counts in zip(roles, (first, second), strict=True))


def _events(start: float, names: tuple[str, ...], each: float = 0.12, last: str = "Succeeded") -> tuple[Event, ...]:
    ends = [*("Succeeded" for _ in names[1:]), last]
    return tuple(
        Event(round(start + each * index, 2), name, end)
        for index, (name, end) in enumerate(zip(names, ends, strict=True))
    )


def _rejected(dice: random.Random, name: str, kind: Kind, purpose: str) -> Drill:
    at = dice.uniform(5, 8)
    answers = tuple(_answers(dice, 180))
    events = (
        Event(2.0, "bluegreen deploy", ""),
        *_events(2.1, UNTIL_THE_HOOK[:-1]),
        Event(2.6 + at, "AfterAllowTestTraffic", "Failed"),
        Event(2.9 + at, "rolled back", "Succeeded"),
    )
    timeline = Timeline(STEP, (Version("Blue (app:2)", "live", answers),), (0,) * 180, (Weight(0, 100, 0),), events, ())
    figures = _figures(
        dice, sum(answers), seconds_to_verdict=at, seconds_to_shift=None, seconds_to_roll_back=dice.uniform(0.3, 0.5)
    )
    return _drill(name, kind, purpose, figures, timeline, REJECTED)


def _let_through(dice: random.Random, name: str, kind: Kind, purpose: str) -> Drill:
    versions = _parted(dice, 180, (("Blue (app:2)", "live"), ("Broken (app:3)", "bad")), [(3.4, 1.0)])
    events = (
        Event(2.0, "aws ecs deploy", ""),
        *_events(2.1, (*UNTIL_THE_HOOK, "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"), 0.18),
    )
    weights = (Weight(0, 100, 0), Weight(3.4, 0, 100))
    bad = sum(versions[1].answers)
    figures = _figures(
        dice,
        sum(map(sum, (one.answers for one in versions))),
        unverified=bad,
        bad=bad,
        seen=Exposure(1.0, 14.6),
        seconds_to_verdict=0.4,
    )
    timeline = Timeline(STEP, versions, (0,) * 180, weights, events, ())
    return _drill(name, kind, purpose, figures, timeline, "", "article")


def _alarm_in_a_canary(dice: random.Random) -> Drill:
    versions = _parted(dice, 300, (("Blue (app:2)", "live"), ("Leaky (app:3)", "bad")), [(3.4, 0.1), (9.8, 0.0)])
    events = (
        Event(2.0, "bluegreen deploy", ""),
        *_events(2.1, (*UNTIL_THE_HOOK, "BeforeAllowTraffic"), 0.15),
        Event(9.7, "AllowTraffic", "Stopped"),
        Event(10.0, "rolled back", "Succeeded"),
    )
    alarms = (Alarm(9.4, "rehearsal-5xx-green", "ALARM"), Alarm(15.2, "rehearsal-5xx-green", "OK"))
    weights = (Weight(0, 100, 0), Weight(3.4, 90, 10), Weight(9.8, 100, 0))
    figures = _figures(
        dice,
        sum(map(sum, (one.answers for one in versions))),
        allowed=Exposure(0.1, 10.0),
        seen=Exposure(0.0973, 6.38),
        seconds_to_shift=None,
        seconds_to_roll_back=0.4,
    )
    timeline = Timeline(STEP, versions, (0,) * 300, weights, events, alarms)
    purpose = "An alarm goes off while a canary has a tenth of the visitors."
    return _drill("alarm-in-canary", "bad luck", purpose, figures, timeline, ALARMED)


def _good(dice: random.Random, name: str, purpose: str) -> Drill:
    versions = _parted(dice, 160, (("Blue (app:2)", "live"), ("Green (app:3)", "new")), [(3.4, 1.0)])
    events = (
        Event(2.0, "bluegreen deploy", ""),
        *_events(2.1, (*UNTIL_THE_HOOK, "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"), 0.18),
    )
    timeline = Timeline(STEP, versions, (0,) * 160, (Weight(0, 100, 0), Weight(3.4, 0, 100)), events, ())
    return _drill(name, "good release", purpose, _figures(dice, sum(sum(v.answers) for v in versions)), timeline, "")


def _linear(dice: random.Random) -> Drill:
    moments = [(3.4 + 2 * step, (step + 1) / 10) for step in range(10)]
    versions = _parted(dice, 300, (("Blue (app:2)", "live"), ("Green (app:3)", "new")), moments)
    weights = tuple(Weight(at, 100 - 100 * share, 100 * share) for at, share in moments)
    events = (
        Event(2.0, "bluegreen deploy", ""),
        *_events(2.1, (*UNTIL_THE_HOOK, "BeforeAllowTraffic"), 0.15),
        *_events(21.6, ("AllowTraffic", "AfterAllowTraffic"), 0.2),
    )
    timeline = Timeline(STEP, versions, (0,) * 300, (Weight(0, 100, 0), *weights), events, ())
    figures = _figures(dice, sum(sum(v.answers) for v in versions), seconds_to_shift=19.6)
    return _drill("linear", "good release", "A good version gets a tenth more each minute.", figures, timeline, "")


def _twenty(dice: random.Random) -> Drill:
    steps, each = 1800, 9.0
    total = _answers(dice, steps)
    versions = [
        Version(
            f"{'Green' if number % 2 else 'Blue'} (app:{number + 2})",
            "new" if number else "live",
            tuple(count if int(index * STEP / each) == number else 0 for index, count in enumerate(total)),
        )
        for number in range(20)
    ]
    events = [
        event
        for number in range(1, 20)
        for event in _events(each * number - 1.4, (*UNTIL_THE_HOOK, "BeforeAllowTraffic", "AllowTraffic"), 0.2)
    ]
    weights = tuple(Weight(each * number, 100 * (number % 2 == 0), 100 * (number % 2)) for number in range(20))
    timeline = Timeline(STEP, tuple(versions), (0,) * steps, weights, tuple(events), ())
    figures = _figures(dice, sum(total))
    return _drill("twenty-in-a-row", "good release", "Twenty releases, one after the other.", figures, timeline, "")


def _dropped(dice: random.Random) -> Drill:
    played = _rejected(dice, "proxy-restarted", "bad luck", "The load balancer's proxy is started anew.")
    assert played.figures
    assert played.timeline
    errors = tuple(20 if 70 <= index < 74 else 0 for index in range(180))
    live = played.timeline.versions[0]
    answers = tuple(0 if lost else count for count, lost in zip(live.answers, errors, strict=True))
    timeline = replace(played.timeline, versions=(replace(live, answers=answers),), errors=errors)
    figures = replace(played.figures, dropped=sum(errors), longest_gap=0.43)
    return _drill(played.name, played.kind, played.purpose, figures, timeline, played.reason)


def _broke_off() -> Drill:
    promise = Promise("the drill was played to its end", False, "the stage could not be set: no address is left")
    return Drill("exits-at-start", "bad task", "The task ends at once.", "bluegreen", (promise,), "", None, None, ())


if __name__ == "__main__":
    print(dump(evidence(broken="broken" in sys.argv)), end="")
