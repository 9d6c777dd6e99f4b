"""What the visits of a drill add up to. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from bluegreen.rehearsal.visit import Visit
from bluegreen.rehearsal.visits import Visits
from bluegreen.report.figures import NONE, Exposure, Figures
from bluegreen.report.latency import Phase, phase

from . import exposure
from .cast import Version
from .deployed import Deployed
from .observer import AlarmSeen
from .rights import Right


@dataclass(frozen=True, kw_only=True)
class Played:
    """A drill that was played: everything that is measured on. Moments are epoch seconds."""

    visits: Visits
    due: float
    """How many visits the schedule had."""
    started: float
    begun: float
    """When the drill's own deeds began."""
    done: float
    """When they were over."""
    first: str
    """The revision that was live at first."""
    versions: dict[str, Version]
    """By revision."""
    deployed: tuple[Deployed, ...]
    rights: tuple[Right, ...]
    allowed: Exposure
    """Bad answers that are risked."""
    losable: Exposure = NONE
    """Requests that may be lost."""
    alarms: tuple[AlarmSeen, ...] = ()

    def is_bad(self, visit: Visit) -> bool:
        """Whether the visitor was answered, and badly: by a bad version in its bad hour."""
        version = self.versions.get(visit.task_definition or "")
        return version is not None and version.bad and (visit.status != 200 or visit.key != version.key)


@dataclass
class Counted:
    """One walk over the visits."""

    dropped: list[Visit] = field(default_factory=list)
    unverified: list[Visit] = field(default_factory=list)
    bad: list[Visit] = field(default_factory=list)
    wrong: list[Visit] = field(default_factory=list)
    """Answers of good versions that are not what they answer."""


def count(played: Played) -> Counted:
    """Sort out the visits that were not as they should be."""
    found = Counted()
    for visit in played.visits:
        if visit.unanswered:
            found.dropped.append(visit)
            continue
        if not any(right.covers(visit) for right in played.rights):
            found.unverified.append(visit)
        if played.is_bad(visit):
            found.bad.append(visit)
        elif visit.status != 200:
            found.wrong.append(visit)
    return found


def figures(played: Played, counted: Counted) -> Figures:
    """Return the drill's figures."""
    visits, begun, done = played.visits, played.begun, played.done
    releases = [one.release for one in played.deployed if one.by_user]
    verdicts = [at - one.created for one in releases if (at := one.verified or one.rejected)]
    shifts = [one.shifted - one.created for one in releases if one.shifted]
    return Figures(
        requests=len(visits),
        dropped=len(counted.dropped),
        risked=risked(played, counted),
        unverified=len(counted.unverified),
        bad=len(counted.bad),
        allowed=played.allowed,
        seen=seen(visits, counted.bad),
        longest_gap=longest_gap(visits),
        before=latency(one for one in visits if one.due < begun),
        during=latency(one for one in visits if begun <= one.due < done),
        after=latency(one for one in visits if one.due >= done),
        seconds_to_verdict=max(verdicts, default=None),
        seconds_to_shift=max(shifts, default=None),
        seconds_to_roll_back=_seconds_to_roll_back(played),
    )


def risked(played: Played, counted: Counted) -> int:
    """Return how many of the requests that were dropped may be: all, or none where more were than that."""
    lost = seen(played.visits, counted.dropped)
    of = round(len(counted.dropped) / (lost.share or 1))
    return len(counted.dropped) if exposure.within(lost, played.losable, of) else 0


def latency(visits: Iterable[Visit]) -> Phase | None:
    """Return how long those waited who got an answer; None: nobody did."""
    return phase(visit.seconds * 1000 for visit in visits if not visit.unanswered)


def longest_gap(visits: Iterable[Visit]) -> float:
    """Return the longest time in seconds between two answers."""
    times = sorted(visit.answered for visit in visits if not visit.unanswered)
    return max((later - earlier for earlier, later in itertools.pairwise(times)), default=0.0)


def seen(visits: Sequence[Visit], bad: Collection[Visit]) -> Exposure:
    """Return which share of visitors met a bad answer between the first and the last of them, and for how long."""
    if not bad:
        return NONE
    first, last = min(one.due for one in bad), max(one.due for one in bad)
    meanwhile = sum(first <= one.due <= last for one in visits)
    return Exposure(len(bad) / meanwhile, last - first)


def _seconds_to_roll_back(played: Played) -> float | None:
    """From the moment that something was wrong to the last answer by the version that failed."""
    found = [
        max(0.0, last - _failure(played, one))
        for one in played.deployed
        if one.bad_end and one.revision != played.first and (last := _last_answer(played.visits, one.revision))
    ]
    return max(found, default=None)


def _last_answer(visits: Iterable[Visit], revision: str) -> float | None:
    return max((one.answered for one in visits if one.task_definition == revision), default=None)


def _failure(played: Played, one: Deployed) -> float:
    red = [alarm.at for alarm in played.alarms if alarm.state == "ALARM" and alarm.at >= one.release.created]
    failed = [event.at for event in one.events if event.status == "Failed"]
    return min([*red, *failed], default=one.ended or one.release.created)
