"""A drill over time, as the report draws it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bluegreen.report.timeline import Alarm, Event, Role, Timeline, Version, Weight

from .measure import Played
from .observer import WeightSeen

STEPS = 600
"""Steps at most; a step is a tenth of a second, or as much as keeps to that."""
STEP = 0.1


def timeline(played: Played, weights: Iterable[WeightSeen], marks: Iterable[Event]) -> Timeline:
    """Return the drill's timeline; `marks` are what the drill itself did, in epoch seconds."""
    start = played.started
    length = max((visit.answered for visit in played.visits), default=start) - start
    step = max(STEP, length / STEPS)
    steps = int(length / step) + 1
    answers: dict[str, list[int]] = {played.first: [0] * steps}
    errors = [0] * steps
    for visit in played.visits:
        row = errors if visit.unanswered else answers.setdefault(visit.task_definition or "unknown", [0] * steps)
        row[min(steps - 1, max(0, int((visit.answered - start) / step)))] += 1
    events = sorted([*_lifecycle(played), *marks], key=lambda one: one.at)
    return Timeline(
        step,
        tuple(Version(_name(played, revision), _role(played, revision), tuple(n)) for revision, n in answers.items()),
        tuple(errors),
        tuple(Weight(max(0.0, one.at - start), one.blue, one.green) for one in weights),
        tuple(Event(max(0.0, one.at - start), one.name, one.status) for one in events),
        tuple(Alarm(max(0.0, one.at - start), one.name, one.state) for one in played.alarms),  # type: ignore[arg-type]
    )


def _lifecycle(played: Played) -> Iterable[Event]:
    for one in played.deployed:
        if not one.by_user:
            if one.ended:
                yield Event(one.ended, "rolled back", one.release.status)
            continue
        yield from (Event(event.at, event.name, event.status) for event in one.events if event.status != "Skipped")
        if one.ended:
            yield Event(one.ended, "deployment", one.release.status)


def _name(played: Played, revision: str) -> str:
    version = played.versions.get(revision)
    return f"{version.color} ({revision})" if version else revision


def _role(played: Played, revision: str) -> Role:
    if revision == played.first:
        return "live"
    version = played.versions.get(revision)
    return "bad" if version is None or version.bad else "new"
