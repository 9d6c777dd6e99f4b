"""The columns of the tables of figures, for page and Markdown alike."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import words
from .drill import Drill, Kind
from .figures import NONE, Figures


@dataclass(frozen=True)
class Column:
    """A column: its `group` of columns (or nothing), its head, and its `name` where it stands alone.

    `text` is what a cell says, and `bad` whether that is a figure that should not be.
    """

    group: str
    head: str
    name: str
    text: Callable[[Figures], str]
    bad: Callable[[Figures], bool] = lambda _: False


def _is_beyond(figures: Figures) -> bool:
    """Whether a bad version was met where none may be, or for longer than it may be.

    A share is only what chance makes of a weight: the drill's promise judges it.
    """
    return figures.seen.seconds > figures.allowed.seconds or (figures.allowed == NONE and figures.seen != NONE)


EXPOSURE = "exposure to a bad version"
LATENCY = "latency in ms: p50 / p99 / max"
TIME = "time to"

COLUMNS = (
    Column("", "requests", "requests", lambda one: words.count(one.requests), lambda one: one.requests == 0),
    Column("", "dropped", "dropped", lambda one: words.count(one.dropped), lambda one: one.dropped > one.risked),
    Column("", "unverified", "unverified", lambda one: words.count(one.unverified), lambda one: one.unverified > 0),
    Column(EXPOSURE, "allowed", "allowed exposure", lambda one: words.exposure(one.allowed)),
    Column(EXPOSURE, "seen", "seen exposure", lambda one: words.exposure(one.seen), _is_beyond),
    Column(LATENCY, "before", "ms before", lambda one: words.milliseconds(one.before)),
    Column(LATENCY, "during", "ms during", lambda one: words.milliseconds(one.during)),
    Column(LATENCY, "after", "ms after", lambda one: words.milliseconds(one.after)),
    Column("", "longest gap", "longest gap", lambda one: words.seconds(one.longest_gap)),
    Column(TIME, "verdict", "to verdict", lambda one: words.seconds(one.seconds_to_verdict)),
    Column(TIME, "shift", "to shift", lambda one: words.seconds(one.seconds_to_shift)),
    Column(TIME, "roll back", "to roll back", lambda one: words.seconds(one.seconds_to_roll_back)),
)

GROUPS = tuple((name, len(tuple(columns))) for name, columns in itertools.groupby(COLUMNS, lambda one: one.group))
"""Neighbours under one heading: its text, and over how many columns it stands."""


def by_kind(drills: Iterable[Drill]) -> dict[Kind, list[Drill]]:
    """Return the drills in groups, in the order in which each kind first comes."""
    groups: dict[Kind, list[Drill]] = {}
    for drill in drills:
        groups.setdefault(drill.kind, []).append(drill)
    return groups
