"""Deletion protection, the last barrier before a destroy."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Kind, Plan

SWITCHES = ("enable_deletion_protection", "deletion_protection", "deletion_protection_enabled")


def deletion_protection_stays_on(plan: Plan) -> Iterator[Finding]:
    """Object to a resource that loses its protection and stays."""
    for change in plan.changes:
        if change.kind not in (Kind.CHANGED, Kind.REPLACED):
            continue
        for switch in SWITCHES:
            if change.before.get(switch) is True and change.after.get(switch) is not True:
                yield Finding(
                    address=change.address,
                    rule="protection",
                    what=f"{switch} is switched off",
                    why="from then on one wrong apply or destroy takes it away, and the service with it",
                    instead="leave it on; switch it off only as the stated first step of a destroy, and allow this "
                    "address then",
                )
