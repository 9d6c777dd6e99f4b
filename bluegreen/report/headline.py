"""What a reader should know who reads only one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import words
from .evidence import Evidence
from .times import Times
from .totals import Totals


@dataclass(frozen=True)
class Headline:
    """`kept`: every promise of every drill was; `tiles` are name, figure and whether it is as it should be."""

    kept: bool
    verdict: str
    sentence: str
    tiles: tuple[tuple[str, str, bool], ...]


def headline(evidence: Evidence) -> Headline:
    """Return the headline of this product's drills, or of the article's where only those were played."""
    totals = evidence.totals[0]
    kept = totals.kept == totals.drills
    broken = totals.drills - totals.kept
    verdict = (
        f"{words.plural(totals.drills, 'drill')}: every promise kept"
        if kept
        else f"{broken} of {words.plural(totals.drills, 'drill')} broke a promise"
    )
    sentence = (
        f"{words.plural(totals.requests, 'request')} of visitors: {words.dropped(totals.dropped, totals.risked)}, "
        f"{words.count(totals.unverified)} answered by a version that had not passed, or had failed."
    )
    return Headline(kept, verdict, sentence, tuple(_tiles(totals)))


def _tiles(totals: Totals) -> Iterator[tuple[str, str, bool]]:
    yield "requests", words.count(totals.requests), totals.requests > 0
    yield "dropped", words.count(totals.dropped), totals.dropped == totals.risked
    yield "unverified", words.count(totals.unverified), totals.unverified == 0
    yield "longest gap", words.seconds(totals.longest_gap), True
    yield "p99 during release", words.seconds(totals.during.p99 / 1000 if totals.during else None), True
    yield "longest to a verdict", _longest(totals.seconds_to_verdict), True
    yield "longest to shift", _longest(totals.seconds_to_shift), True
    yield "longest to roll back", _longest(totals.seconds_to_roll_back), True


def _longest(found: Times | None) -> str:
    return words.seconds(found.longest if found else None)
