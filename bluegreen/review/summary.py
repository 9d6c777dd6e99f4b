"""A plan as it is told: counts, and the changes by kind and by part of the architecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .difference import Difference, differences
from .finding import Finding
from .part import PARTS, part
from .plan import Change, Kind, Plan

FEW = 3
"""Resources with the same new tags that are still told one by one."""
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
    """Return the changes of each kind, by part; what is empty is left out, and what `retagged` tells."""
    elsewhere = {change.address for _, changes in retagged(plan) for change in changes}
    told = [change for change in plan.changes if change.address not in elsewhere]
    parts = [(kind, _by_part([change for change in told if change.kind is kind])) for kind in TOLD]
    return [(kind, found) for kind, found in parts if found]


def retagged(plan: Plan) -> list[tuple[tuple[Difference, ...], list[Change]]]:
    """Return what changes in nothing but tags, and in the same ones as many others: a list that hides the rest."""
    alike: dict[str, tuple[tuple[Difference, ...], list[Change]]] = {}
    for change in plan.changes:
        told = differences(plan, change) if change.kind is Kind.CHANGED else ()
        if told and all(one.path.startswith(("tags_all.", "tags.")) for one in told):
            alike.setdefault(repr(told), (told, []))[1].append(change)
    return [(told, changes) for told, changes in alike.values() if len(changes) > FEW]


def _by_part(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    parts = {name: [change for change in changes if part(change) == name] for name in PARTS}
    return [(name, found) for name, found in parts.items() if found]


def notes(change: Change) -> str:
    """Return what else is to be said of a change, in brackets; "" if nothing."""
    told = []
    if change.previous_address:
        told.append(f"was {change.previous_address}")
    if change.drifted:
        told.append(f"{', '.join(change.drifted)} changed outside Terraform since the last apply")
    return f" ({'; '.join(told)})" if told else ""
