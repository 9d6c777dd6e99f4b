"""Decides whether a hook has been silent for longer than it could have run. Pure: times are monotonic seconds.

Only what this watch has seen itself is measured, never a time of AWS against one of this machine: no clock that is
wrong can stop a release. A watch that joins late waits a little longer instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .snapshot import Snapshot


@dataclass(frozen=True)
class Silence:
    """That the hook of a lifecycle event has not reported; `seconds` is how long it was seen running."""

    event: str
    seconds: float


def begun(before: Mapping[str, float], deployment: Snapshot, now: float) -> dict[str, float]:
    """Return since when each lifecycle event that runs was seen to run; one that has ended is forgotten."""
    running = (event.name for event in deployment.lifecycle if event.status == "InProgress")
    return {name: before.get(name, now) for name in running}


def judge(deployment: Snapshot, since: Mapping[str, float], limits: Mapping[str, float], now: float) -> Silence | None:
    """Find the hook that is silent.

    Args:
        deployment: as it is now. In a wait, or over, or as a rollback, it asks no hook.
        since: what `begun` returned.
        limits: seconds that the hook of each lifecycle event has, grace included; other events have no hook.
        now: monotonic seconds.
    """
    if deployment.status != "InProgress" or deployment.rolls_back:
        return None
    found = (Silence(name, now - start) for name, start in since.items() if name in limits)
    return next((one for one in found if one.seconds > limits[one.event]), None)
