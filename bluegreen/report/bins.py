"""Steps of a timeline put together, so that a drill of any length is drawn with a bounded number of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .timeline import Timeline, Version


@dataclass(frozen=True)
class Bins:
    """`edges` in seconds, one more than there are bins; `versions` and `errors` in requests per second."""

    edges: tuple[float, ...]
    versions: tuple[tuple[Version, tuple[float, ...]], ...]
    errors: tuple[float, ...]

    @property
    def highest(self) -> float:
        """The most requests per second of any bin."""
        columns = zip(self.errors, *(rates for _, rates in self.versions), strict=True)
        return max((sum(column) for column in columns), default=0.0)


def put_together(timeline: Timeline, most: int) -> Bins:
    """Return at most `most` bins of whole steps; the last may be shorter than the others."""
    steps = len(timeline.errors)
    size = max(1, math.ceil(steps / most))
    starts = range(0, steps, size)
    edges = (*(start * timeline.step for start in starts), steps * timeline.step)

    def rates(counts: tuple[int, ...]) -> tuple[float, ...]:
        parts = [counts[start : start + size] for start in starts]
        return tuple(sum(part) / (len(part) * timeline.step) for part in parts)

    versions = tuple((version, rates(version.answers)) for version in timeline.versions)
    return Bins(edges, versions, rates(timeline.errors))
