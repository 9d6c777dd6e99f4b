"""What the same time comes to over many drills."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from pydantic.dataclasses import dataclass

from .model import CONFIG, Seconds, Text


@dataclass(frozen=True, config=CONFIG)
class Times:
    """Of the drills that had such a time; each counts once, with its longest."""

    median: Seconds
    longest: Seconds
    drill: Text
    """The drill of the longest; the first of them, where several took as long."""


def times(of_drills: Iterable[tuple[str, float | None]]) -> Times | None:
    """Return median and longest of drills' names and times; None: no drill had one."""
    had = [(name, time) for name, time in of_drills if time is not None]
    if not had:
        return None
    drill, longest = max(had, key=lambda one: one[1])
    return Times(statistics.median(time for _, time in had), longest, drill)
