"""What the guard objects to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One objection to a plan.

    `rule` is its short name; `what` would happen; `why` that is dangerous for a blue/green service; `instead` is what
    to do. All three are sentences without a full stop.
    """

    address: str
    rule: str
    what: str
    why: str
    instead: str
    is_allowed: bool = False
