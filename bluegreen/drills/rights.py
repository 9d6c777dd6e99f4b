"""Which revision may answer visitors, and when: from CodeDeploy's own times. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bluegreen.rehearsal.visit import Visit

from .deployed import Deployed

SPREAD = 0.5
"""Seconds after the end of a failed deployment in which requests that were under way may still be answered."""


@dataclass(frozen=True)
class Right:
    """A revision that has passed, between which moments (epoch seconds)."""

    revision: str
    since: float = 0.0
    until: float = math.inf

    def covers(self, visit: Visit) -> bool:
        """Whether it allows the answer. It may come after the end, of a request that was due before."""
        return (
            visit.task_definition == self.revision and self.since <= visit.answered and visit.due <= self.until + SPREAD
        )


def rights(first: str, deployed: Sequence[Deployed]) -> tuple[Right, ...]:
    """Return who may answer: what was live at first, and each revision once the hook passed it, until it has failed.

    One that has passed stays passed: to be answered by it once the next one is live harms nobody.
    """
    found = [Right(first)]
    for one in deployed:
        if one.by_user and one.verified is not None:
            ended = one.ended if one.bad_end and one.ended else math.inf
            found.append(Right(one.revision, one.verified, ended))
    return tuple(found)
