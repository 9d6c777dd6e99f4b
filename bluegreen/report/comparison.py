"""The same drills with and without this product, side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import words
from .drill import Drill
from .evidence import Evidence
from .totals import Totals, add_up


@dataclass(frozen=True)
class Pair:
    """One drill, played in both set-ups."""

    ours: Drill
    article: Drill


@dataclass(frozen=True)
class Comparison:
    """Only drills that both set-ups played are compared: sums over different drills would say nothing."""

    pairs: tuple[Pair, ...]
    ours: Totals
    article: Totals

    @property
    def telling(self) -> Pair | None:
        """The pair whose visitors fared most differently, to be drawn; None where there is no such pair."""
        drawn = [pair for pair in self.pairs if pair.ours.timeline and pair.article.timeline]
        pair = max(drawn, key=lambda one: _harm(one.article) - _harm(one.ours), default=None)
        return pair if pair and _harm(pair.article) > _harm(pair.ours) else None


@dataclass(frozen=True)
class Row:
    """What is compared, and when it is a figure that should not be."""

    name: str
    text: Callable[[Totals], str]
    bad: Callable[[Totals], bool] = lambda _: False


def _is_too_much(totals: Totals) -> bool:
    """Whether bad answers are more than was risked: else every promise was kept."""
    return totals.bad > 0 and totals.kept < totals.drills


ROWS = (
    Row("drills with every promise kept", lambda one: f"{one.kept} of {one.drills}", lambda one: one.kept < one.drills),
    Row("requests", lambda one: words.count(one.requests)),
    Row("dropped", lambda one: _part(one.dropped, one.requests), lambda one: one.dropped > one.risked),
    Row(
        "answered by an unverified version",
        lambda one: _part(one.unverified, one.requests),
        lambda one: one.unverified > 0,
    ),
    Row("answered badly by a bad version", lambda one: _part(one.bad, one.requests), _is_too_much),
    Row("longest gap", lambda one: words.seconds(one.longest_gap)),
    Row("longest time to a verdict", lambda one: words.seconds(one.seconds_to_verdict)),
    Row("longest time to roll back", lambda one: words.seconds(one.seconds_to_roll_back)),
)


def comparison(evidence: Evidence) -> Comparison | None:
    """Return the comparison, or None where no drill was played in both set-ups."""
    article = {drill.name: drill for drill in evidence.drills if drill.variant == "article"}
    ours = [drill for drill in evidence.drills if drill.variant == "bluegreen" and drill.name in article]
    if not ours:
        return None
    pairs = tuple(Pair(drill, article[drill.name]) for drill in ours)
    both = [drill for pair in pairs for drill in (pair.ours, pair.article)]
    return Comparison(pairs, add_up("bluegreen", both), add_up("article", both))


def _harm(drill: Drill) -> int:
    return drill.figures.bad + drill.figures.dropped if drill.figures else 0


def _part(number: int, requests: int) -> str:
    return words.count(number) + (f" ({words.percent(number / requests)})" if number else "")
