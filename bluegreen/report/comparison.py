"""The same drills with and without this product, side by side."""

from __future__ import annotations

from dataclasses import dataclass

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
