"""What a reader should know who reads only one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from . import words
from .evidence import Evidence


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
    tiles = (
        ("requests", words.count(totals.requests), totals.requests > 0),
        ("dropped", words.count(totals.dropped), totals.dropped == totals.risked),
        ("unverified", words.count(totals.unverified), totals.unverified == 0),
        ("longest gap", words.seconds(totals.longest_gap), True),
        ("longest to a verdict", words.seconds(totals.seconds_to_verdict), True),
        ("longest to shift", words.seconds(totals.seconds_to_shift), True),
        ("longest to roll back", words.seconds(totals.seconds_to_roll_back), True),
    )
    return Headline(kept, verdict, sentence, tiles)
