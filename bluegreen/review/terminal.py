"""A review as plain lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import wording
from .difference import Difference, differences
from .finding import Finding
from .identity import identity
from .plan import Change, Kind, Plan
from .summary import NO_CHANGES, Review, counts, grouped, notes, retagged

SIGNS = {
    Kind.ADDED: "+",
    Kind.CHANGED: "~",
    Kind.REPLACED: "-/+",
    Kind.DESTROYED: "-",
    Kind.FORGOTTEN: ".",
    Kind.MOVED: ">",
    Kind.IMPORTED: "<",
}


def lines(review: Review) -> Iterator[str]:
    """Yield the review, the guard's verdict last; control characters that a value holds are taken out."""
    return (re.sub(r"[\x00-\x1f\x7f-\x9f]", "�", line) for line in _lines(review))


def _lines(review: Review) -> Iterator[str]:
    if review.plan.is_clean:
        yield f"{review.title}: {NO_CHANGES}"
        return
    yield f"{review.title}: {counts(review.plan)}"
    for kind, parts in grouped(review.plan):
        for name, changes in parts:
            yield ""
            yield f"{name}, {kind}"
            for change in changes:
                yield from _change(review.plan, change)
    for told, changes in retagged(review.plan):
        yield ""
        yield f"Tags of {len(changes)} resources, and nothing else of them"
        yield from (line for one in told for line in _difference(one))
    yield ""
    yield from _guard(review)


def _change(plan: Plan, change: Change) -> Iterator[str]:
    name = identity(change) if change.kind in (Kind.ADDED, Kind.DESTROYED) else ""
    yield f"  {SIGNS[change.kind]} {change.address}{f'  {name}' if name else ''}{notes(change)}"
    if change.kind in (Kind.CHANGED, Kind.REPLACED):
        for one in differences(plan, change):
            yield from _difference(one)


def _difference(one: Difference) -> Iterator[str]:
    forced = "  (forces the replacement)" if one.forces_replacement else ""
    if wording.is_short(one):
        yield f"      {one.path}: {wording.short(one.before)} → {wording.short(one.after)}{forced}"
        return
    yield f"      {one.path}:{forced}"
    yield from (f"        {line}" for line in wording.diff(one))


def _guard(review: Review) -> Iterator[str]:
    if not review.findings:
        yield "guard: nothing to object to"
        return
    allowed = len(review.findings) - len(review.objections)
    yield f"guard: {len(review.objections)} not allowed, {allowed} allowed"
    for finding in review.findings:
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {'allowed' if finding.is_allowed else 'NOT ALLOWED'}  {finding.address}"
    yield f"      what     {finding.what}"
    yield f"      why      {finding.why}"
    yield f"      instead  {finding.instead}"
