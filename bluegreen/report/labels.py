"""Where the names of moments stand above a chart: no name covers another, and no leader line crosses a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .marks import Mark

CHARACTER = 7.0
"""Room for a character, in pixels: a wide font of 11 pixels still fits."""
DISTANCE = 5.0
"""From a leader line to its name."""
LANES = 10
"""More lanes would push the chart off a phone: names that matter least are left to the list beside it."""


@dataclass(frozen=True)
class Label:
    """A name at the leader line `x`; `lane` 0 is nearest to the chart. It stands to the right, or to the left."""

    mark: Mark
    text: str
    x: float
    flipped: bool
    lane: int = 0

    @property
    def span(self) -> tuple[float, float]:
        width = len(self.text) * CHARACTER
        near, far = self.x + DISTANCE, self.x + DISTANCE + width
        return (2 * self.x - far, 2 * self.x - near) if self.flipped else (near, far)

    def covers(self, x: float) -> bool:
        left, right = self.span
        return bool(self.text) and left - 1 < x < right + 1

    def overlaps(self, other: Label) -> bool:
        return self.span[0] < other.span[1] + DISTANCE and other.span[0] < self.span[1] + DISTANCE


def place(places: Sequence[tuple[Mark, str, float]], left: float, right: float) -> tuple[Label, ...]:
    """Return a label for as many of the moments (their text, their x) as fit into `LANES` lanes, by their weight."""
    for weight in (3, 2, 1, 0):
        chosen = [one for one in places if one[0].weight <= weight]
        labels = _lanes(_turned(chosen, left, right))
        if all(label.lane < LANES for label in labels):
            return labels
    return ()


def _turned(places: Sequence[tuple[Mark, str, float]], left: float, right: float) -> list[Label]:
    """Turn names to the left that would pass the right edge, or face a name that was turned over this one's line.

    One with room on neither side is cut.
    """
    labels: list[Label] = []
    for mark, text, x in sorted(places, key=lambda one: (one[2], one[0].number), reverse=True):
        straight, turned = Label(mark, text, x, flipped=False), Label(mark, text, x, flipped=True)
        limit = min([right, *(one.x - 1 for one in labels if one.flipped and one.covers(x) and straight.covers(one.x))])
        fits = straight.span[1] <= limit
        labels.append(straight if fits else turned if turned.span[0] >= left else _cut(straight, limit))
    return labels


def _cut(label: Label, limit: float) -> Label:
    room = int((limit - label.span[0]) / CHARACTER)
    return replace(label, text=f"{label.text[: max(0, room - 1)]}…" if room > 0 else "")


def _lanes(labels: list[Label]) -> tuple[Label, ...]:
    """Give each a lane above all those whose leader lines would else cross it."""
    waiting, placed = list(labels), list[Label]()
    while waiting:
        ready = (one for one in waiting if not any(one.covers(other.x) for other in waiting if other is not one))
        label = next(ready, waiting[0])
        waiting.remove(label)
        lowest = max((one.lane + 1 for one in placed if label.covers(one.x)), default=0)
        taken = {one.lane for one in placed if label.overlaps(one)}
        lane = next(lane for lane in range(lowest, lowest + len(taken) + 1) if lane not in taken)
        placed.append(replace(label, lane=lane))
    return tuple(sorted(placed, key=lambda one: one.mark.number))
