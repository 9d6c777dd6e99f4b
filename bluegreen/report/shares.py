"""The production listener's weights as a strip: how much of the traffic goes to the second target group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import words
from .areas import steps
from .timeline import Timeline

HEIGHT = 20.0


@dataclass(frozen=True)
class Stretch:
    """A time in which the weights stayed: its text, and where that stands if there is room for it."""

    text: str
    x: float
    room: float


@dataclass(frozen=True)
class Strip:
    """`path`: the share of the green target group, from the bottom of the strip upwards."""

    path: str
    stretches: tuple[Stretch, ...]


def strip(timeline: Timeline, end: float, x: Callable[[float], float], top: float) -> Strip | None:
    """Return the strip from the first weight to `end`, or None where no weight was seen."""
    weights = [weight for weight in timeline.weights if weight.at < end]
    if not weights:
        return None
    edges = [x(weight.at) for weight in weights] + [x(end)]
    tops = [top + HEIGHT * (1 - weight.green / 100) for weight in weights]
    texts = [words.percent(weight.green / 100) for weight in weights]
    stretches = [
        Stretch(text, (left + right) / 2, right - left)
        for text, left, right in zip(texts, edges[:-1], edges[1:], strict=True)
    ]
    return Strip(steps(edges, tops, top + HEIGHT), tuple(one for one in stretches if one.room > 7 * len(one.text)))
