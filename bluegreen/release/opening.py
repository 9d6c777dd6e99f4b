"""The first event of every watch: what is watched, and how long it will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .changes import WIDTH
from .duration import words
from .event import Event

if TYPE_CHECKING:
    from .aws_clock import AwsClock
    from .changes import Sides
    from .expected import Expected
    from .snapshot import Snapshot


def as_event(now: Snapshot, sides: Sides, expected: Expected | None, clock: AwsClock) -> Event:
    """Tell it; the event carries AWS's time, so that durations can count on from it."""
    fields = {
        "deployment_id": now.deployment_id,
        "status": now.status,
        "from": sides.original,
        "to": sides.replacement,
        "configuration": now.configuration,
        "created": now.created,
        "completed": now.completed,
        "rolls_back": now.rolls_back or None,
        "expected_seconds": expected.seconds if expected else None,
        "expected_from": expected.deployments if expected else 0,
    }
    about = f", about {words(expected.seconds)} (median of {expected.deployments})" if expected else ""
    text = f"{now.deployment_id:<{WIDTH}} {now.configuration or 'watched'}{about}"
    return Event(kind="watching", text=text, fields=fields, at=clock.now())
