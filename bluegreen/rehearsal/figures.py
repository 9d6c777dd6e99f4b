"""What the visitors' records add up to."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .visit import Visit

SPREAD = 2.0
"""Seconds after a shift in which the version before may still answer: load balancers spread a change gradually."""


@dataclass(frozen=True)
class Approval:
    """A revision that visitors may be answered by, between which moments (epoch seconds), and what it answers."""

    task_definition: str
    key: str
    since: float = 0.0
    until: float = math.inf


@dataclass(frozen=True)
class Figures:
    """The visitors' side of the rehearsal; times in milliseconds but for `longest_gap`, in seconds."""

    visits: int
    dropped: int
    wrong: int
    median: float
    ninety_ninth: float
    slowest: float
    longest_gap: float
    examples: tuple[str, ...]


def add_up(visits: Sequence[Visit], approvals: Iterable[Approval]) -> Figures:
    """Count the visits; one is wrong when the answer came from a revision not approved by then or is not its own."""
    allowed = {approval.task_definition: approval for approval in approvals}
    dropped = [visit for visit in visits if visit.dropped]
    wrong = [visit for visit in visits if not visit.dropped and not _right(visit, allowed)]
    waits = sorted(visit.seconds * 1000 for visit in visits if not visit.dropped)
    return Figures(
        visits=len(visits),
        dropped=len(dropped),
        wrong=len(wrong),
        median=statistics.median(waits) if waits else 0.0,
        ninety_ninth=waits[int(len(waits) * 0.99)] if waits else 0.0,
        slowest=waits[-1] if waits else 0.0,
        longest_gap=_longest_gap([visit.answered for visit in visits if not visit.dropped]),
        examples=tuple(_example(visit) for visit in (dropped + wrong)[:5]),
    )


def _right(visit: Visit, allowed: dict[str, Approval]) -> bool:
    approval = allowed.get(visit.task_definition or "")
    if approval is None or visit.key != approval.key:
        return False
    return approval.since <= visit.answered and visit.due <= approval.until + SPREAD


def _longest_gap(answered: Sequence[float]) -> float:
    times = sorted(answered)
    return max((later - earlier for earlier, later in itertools.pairwise(times)), default=0.0)


def _example(visit: Visit) -> str:
    return visit.error or f"status {visit.status}, {visit.key} from {visit.task_definition}"
