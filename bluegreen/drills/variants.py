"""The set-ups that drills are played in: this product's, and the article's own. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bluegreen.report.drill import Kind, Variant

from . import catalog
from .drill import Drill
from .wish import Choice

ENVIRONMENTS: Mapping[Variant, str] = {"bluegreen": "drills", "article": "article"}
"""Which environment each is applied with."""
ARTICLE_KINDS: Collection[Kind] = ("good release", "bad version", "bad stage")
"""Kinds in which the article's set-up is another one; of what it shares with ours, ours is told alone."""


class NotInArticleError(ValueError):
    """A drill was asked for in the article's set-up that is not played there."""


def chosen(names: Sequence[str], choice: Choice) -> Mapping[Variant, tuple[Drill, ...]]:
    """Return which drills are played in which set-up; the name `all` stands for every one.

    Raises:
        UnknownDrillError: there is none of a name.
        NotInArticleError: one was named that the article's set-up alone was to play, and does not.
    """
    every, named = "all" in names, [catalog.load(name) for name in dict.fromkeys(names) if name != "all"]
    drills = tuple(map(catalog.load, catalog.NAMES) if every else named)
    article = tuple(drill for drill in drills if drill.kind in ARTICLE_KINDS)
    if choice is Choice.ARTICLE and not every and article != drills:
        other = next(drill for drill in drills if drill not in article)
        kinds = ", ".join(ARTICLE_KINDS)
        raise NotInArticleError(
            f"{other.name} is a drill of the kind {other.kind}; in the article's set-up there are: {kinds}"
        )
    found: dict[Variant, tuple[Drill, ...]] = {"bluegreen": drills, "article": article}
    wanted = {"bluegreen", "article"} if choice is Choice.BOTH else {choice.value}
    return {variant: drills for variant, drills in found.items() if variant in wanted and drills}
