"""The story as a drill of the report: the same visits, promises and releases. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from bluegreen.rehearsal.narrator import Promise as Told
from bluegreen.rehearsal.releases import Release
from bluegreen.rehearsal.story import Ending
from bluegreen.report import drill as report
from bluegreen.report.drill import Promise
from bluegreen.report.figures import NONE, Figures
from bluegreen.report.timeline import Event

from . import measure
from .cast import Version
from .measure import Played
from .timeline import timeline

PURPOSE = "The article from start to end: good versions are released, a broken one and an unproved one are not."


def drill(ending: Ending, promises: Iterable[Told]) -> report.Drill:
    """Return the story as a drill."""
    played = _played(ending)
    kept = tuple(Promise(one.text, one.kept, one.seen) for one in promises)
    marks = list(chain.from_iterable(_marks(version.tag, release) for version, release in ending.releases))
    return report.Drill(
        "story",
        "good release",
        PURPOSE,
        "bluegreen",
        kept,
        "",
        _figures(ending, played),
        timeline(played, (), marks),
        (),
    )


def _played(ending: Ending) -> Played:
    releases = [release for _, release in ending.releases]
    initial = ending.approvals[0].task_definition
    versions = {
        release.task_definition: Version(tag=one.tag, color=one.color, bad=release.status != "Succeeded")
        for one, release in ending.releases
    }
    ends = [moment for release in releases for moment in _moments(release).values()]
    return Played(
        visits=ending.visits,
        due=len(ending.visits),
        started=ending.started,
        begun=min((release.created for release in releases), default=ending.started),
        done=max(ends, default=ending.started),
        first=initial,
        versions=versions,
        deployed=(),
        rights=(),
        allowed=NONE,
    )


def _figures(ending: Ending, played: Played) -> Figures:
    visits, releases = ending.visits, [release for _, release in ending.releases]
    bad = [visit for visit in visits if played.is_bad(visit)]
    verdicts = [at - one.created for one in releases if (at := one.verified or one.rejected)]
    return Figures(
        requests=len(visits),
        dropped=ending.figures.dropped,
        risked=0,
        unverified=ending.figures.wrong,
        bad=len(bad),
        allowed=NONE,
        seen=measure.seen(visits, bad),
        longest_gap=ending.figures.longest_gap,
        before=measure.latency(one for one in visits if one.due < played.begun),
        during=measure.latency(one for one in visits if played.begun <= one.due < played.done),
        after=measure.latency(one for one in visits if one.due >= played.done),
        seconds_to_verdict=max(verdicts, default=None),
        seconds_to_shift=max((one.shifted - one.created for one in releases if one.shifted), default=None),
        seconds_to_roll_back=None,
    )


def _marks(tag: str, release: Release) -> Iterable[Event]:
    yield Event(release.created, f"deploy {tag}", "")
    yield from (Event(at, name, "") for name, at in _moments(release).items())


def _moments(release: Release) -> dict[str, float]:
    moments = {"verified": release.verified, "rejected": release.rejected, "shifted": release.shifted}
    return {name: at for name, at in moments.items() if at is not None}
