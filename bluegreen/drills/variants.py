"""The set-ups that drills are played in: this product's, and the article's own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bluegreen.report.drill import Variant

from . import catalog
from .drill import Drill
from .wish import Choice

ENVIRONMENTS: Mapping[Variant, str] = {"bluegreen": "drills", "article": "article"}
"""Which environment each is applied with."""
PLAYED: Mapping[Choice, Sequence[Variant]] = {
    Choice.BLUEGREEN: ("bluegreen",),
    Choice.ARTICLE: ("article",),
    Choice.BOTH: ("bluegreen", "article"),
}


def chosen(names: Sequence[str], choice: Choice) -> Mapping[Variant, tuple[Drill, ...]]:
    """Return which drills are played in which set-up; the name `all` stands for every one.

    Raises:
        UnknownDrillError: there is none of a name.
    """
    named = [catalog.load(name) for name in dict.fromkeys(names) if name != "all"]
    drills = tuple(map(catalog.load, catalog.NAMES) if "all" in names else named)
    return dict.fromkeys(PLAYED[choice], drills)
