"""A review as JSON, for programs."""

from __future__ import annotations

import dataclasses
from typing import Any

from .difference import Difference, Mark, differences
from .part import part
from .plan import Change, Kind, Plan
from .summary import TOLD, Review


def document(review: Review) -> dict[str, Any]:
    """Return the review as JSON values; sensitive values are no part of it."""
    return {
        "title": review.title,
        "clean": review.plan.is_clean,
        "counts": {str(kind): sum(change.kind is kind for change in review.plan.changes) for kind in TOLD},
        "outputs": list(review.plan.outputs),
        "changes": [_change(review.plan, change) for change in review.plan.changes],
        "findings": [dataclasses.asdict(finding) for finding in review.findings],
    }


def _change(plan: Plan, change: Change) -> dict[str, Any]:
    told = differences(plan, change) if change.kind in (Kind.CHANGED, Kind.REPLACED) else ()
    return {
        "address": change.address,
        "type": change.type,
        "part": part(change),
        "kind": str(change.kind),
        "attributes": [_difference(one) for one in told],
    }


def _difference(one: Difference) -> dict[str, Any]:
    before, after = (value.text if isinstance(value, Mark) else value for value in (one.before, one.after))
    return {"path": one.path, "before": before, "after": after, "forces_replacement": one.forces_replacement}
