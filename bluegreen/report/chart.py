"""A timeline laid out for drawing: every position, nothing of colours. Pixels, from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from . import axis, labels, shares
from .areas import Area, stack
from .bins import put_together
from .labels import Label
from .marks import Mark, marks
from .timeline import Timeline

LANE = 15.0
AXIS = 34.0
BETWEEN = 8.0


@dataclass(frozen=True)
class Size:
    """How much room there is."""

    width: float
    left: float
    height: float
    bins: int
    ticks: int
    labels: Literal["names", "numbers", "none"]
    """What stands at each moment: its name, its number in the list beside the chart, or nothing."""

    right: float = 14.0


WIDE = Size(width=1040, left=52, height=150, bins=240, ticks=14, labels="names")
NARROW = Size(width=340, left=38, height=120, bins=100, ticks=6, labels="numbers")
SMALL = replace(NARROW, labels="none")


@dataclass(frozen=True)
class Tick:
    """A number at an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A timeline, laid out. `top` and `bottom` are those of the visitors' part, `strip_top` of the weights' strip."""

    size: Size
    height: float
    strip_top: float
    top: float
    bottom: float
    right: float
    areas: tuple[Area, ...]
    strip: shares.Strip | None
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    moments: tuple[tuple[Mark, float], ...]

    @property
    def lines(self) -> tuple[tuple[Mark, float], ...]:
        """The moments with a line down through the chart: all of a long drill's would hide it."""
        named = {label.mark for label in self.labels}
        return tuple(one for one in self.moments if one[0] in named or one[0].weight == 0)

    def label_y(self, label: Label) -> float:
        """Where the name's letters stand."""
        return self.strip_top - BETWEEN - label.lane * LANE


def draw(timeline: Timeline, size: Size) -> Chart:
    """Lay a timeline out."""
    bins, found = put_together(timeline, size.bins), marks(timeline)
    right = size.width - size.right
    end = max(bins.edges[-1], timeline.step, *(mark.at for mark in found))

    def x(at: float) -> float:
        return size.left + (right - size.left) * at / end

    moments = tuple((mark, x(mark.at)) for mark in found)
    names = labels.place(_texts(moments, size), left=0, right=size.width)
    strip_top = BETWEEN + LANE * (1 + max((label.lane for label in names), default=-1))
    top = strip_top + shares.HEIGHT + BETWEEN
    bottom = top + size.height
    pixels = size.height / (bins.highest * 1.08 or 1.0)
    return Chart(
        size=size,
        height=bottom + AXIS,
        strip_top=strip_top,
        top=top,
        bottom=bottom,
        right=right,
        areas=stack(bins, x, bottom, pixels),
        strip=shares.strip(timeline, end, x, strip_top),
        labels=names,
        ticks=tuple(Tick(x(at), axis.label(at)) for at in axis.ticks(end, size.ticks)),
        levels=tuple(Tick(bottom - rate * pixels, axis.label(rate)) for rate in axis.ticks(bins.highest, 4)),
        moments=moments,
    )


def _texts(moments: tuple[tuple[Mark, float], ...], size: Size) -> list[tuple[Mark, str, float]]:
    if size.labels == "none":
        return []
    return [(mark, mark.label if size.labels == "names" else str(mark.number), at) for mark, at in moments]
