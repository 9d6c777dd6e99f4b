"""Buckets, above all the one with Terraform's states."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Change, Kind, Plan

WHY = "what it holds is lost: if it is the state bucket, Terraform forgets every environment that lives"


def buckets_keep_what_they_hold(plan: Plan) -> Iterator[Finding]:
    """Object to a bucket that ends, may be emptied by a destroy, or keeps no versions any more."""
    for change in plan.of_types("aws_s3_bucket"):
        if change.is_gone:
            yield _finding(change, f"the bucket {change.before.get('bucket')} is {change.kind}", WHY)
        elif change.kind is Kind.CHANGED and change.touches("force_destroy") and change.after.get("force_destroy"):
            why = "a destroy then takes the objects along instead of failing"
            yield _finding(change, "force_destroy is switched on", why)
    for change in plan.of_types("aws_s3_bucket_versioning"):
        if change.is_gone or (change.kind is Kind.CHANGED and _status(change) != "Enabled"):
            why = "an overwritten or lost state cannot be brought back any more"
            yield _finding(change, "the bucket keeps no versions any more", why)


def _status(change: Change) -> str:
    (configuration,) = change.after.get("versioning_configuration") or [{}]
    return str(configuration.get("status"))


def _finding(change: Change, what: str, why: str) -> Finding:
    instead = "keep it; move the states elsewhere before a bucket of states ends"
    return Finding(address=change.address, rule="buckets", what=what, why=why, instead=instead)
