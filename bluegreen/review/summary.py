"""A plan as it is told: counts, and the changes by kind and by part of the architecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .finding import Finding
from .part import PARTS, part
from .plan import Change, Kind, Plan

TOLD = tuple(kind for kind in Kind if kind is not Kind.KEPT)
NO_CHANGES = "No changes: the infrastructure is as the configuration says."


@dataclass(frozen=True, kw_only=True)
class Review:
    """A plan, what the guard found in it, and the name of its stack."""

    title: str
    plan: Plan
    findings: tuple[Finding, ...]

    @property
    def objections(self) -> tuple[Finding, ...]:
        """The findings that were not allowed."""
        return tuple(finding for finding in self.findings if not finding.is_allowed)


def counts(plan: Plan) -> str:
    """Return how many resources are added, changed, replaced and destroyed, and what else happens."""
    number = {kind: sum(change.kind is kind for change in plan.changes) for kind in TOLD}
    always = {Kind.ADDED: "add", Kind.CHANGED: "change", Kind.REPLACED: "replace", Kind.DESTROYED: "destroy"}
    told = [f"{number[kind]} to {verb}" for kind, verb in always.items()]
    told += [f"{number[kind]} {kind}" for kind in TOLD if kind not in always and number[kind]]
    if plan.outputs:
        told.append(f"outputs that change: {', '.join(plan.outputs)}")
    return ", ".join(told)


def grouped(plan: Plan) -> list[tuple[Kind, list[tuple[str, list[Change]]]]]:
    """Return the changes of each kind, by part; what is empty is left out."""
    return [(kind, _by_part([one for one in plan.changes if one.kind is kind])) for kind in TOLD if _has(plan, kind)]


def _by_part(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    parts = {name: [change for change in changes if part(change) == name] for name in PARTS}
    return [(name, found) for name, found in parts.items() if found]


def _has(plan: Plan, kind: Kind) -> bool:
    return any(change.kind is kind for change in plan.changes)


def notes(change: Change) -> str:
    """Return what else is to be said of a change, in brackets; "" if nothing."""
    told = []
    if change.previous_address:
        told.append(f"was {change.previous_address}")
    if change.drifted:
        told.append(f"{', '.join(change.drifted)} changed outside Terraform since the last apply")
    return f" ({'; '.join(told)})" if told else ""
