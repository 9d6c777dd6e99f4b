"""A drill that was not played to its end: whatever else it shows, it has found nothing out. Pure."""

from __future__ import annotations

from bluegreen.report.drill import Drill, Promise

TEXT = "the drill was played to its end"


def promise(why: str) -> Promise:
    """Return the promise that a drill has broken by breaking off, for `why`."""
    return Promise(TEXT, False, why)


def is_failure(drill: Drill) -> bool:
    """Whether what it shows makes the run a bad one.

    The article's set-up is played to find out what it does not keep: there only a drill that broke off is a failure.
    """
    broken = [one.text for one in drill.promises if not one.kept]
    return TEXT in broken if drill.variant == "article" else bool(broken)
