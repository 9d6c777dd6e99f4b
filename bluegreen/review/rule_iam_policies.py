"""IAM policies, statement by statement: what is granted must not grow unawares."""

from __future__ import annotations

from collections.abc import Iterator

from . import iam_policies
from .finding import Finding
from .iam_document import DocumentError, granted, in_short, statements
from .iam_statement import Statement
from .plan import Change, Kind, Plan

WHY = "the roles are narrow so that a bad image, or a stolen token of CI, cannot reach beyond its own service"
INSTEAD = (
    "name the narrowest actions, resources and conditions that will do; allow the address if this is what you mean"
)


def policies_grant_no_more(plan: Plan) -> Iterator[Finding]:
    """Object to each document through which somebody who is there already may do more than now.

    The documents of one owner, as a role's, are taken together: a statement that moves, or that another covers, grants
    nothing new. A policy of a role that the plan makes is no widening.
    """
    for change in plan.of_types(*iam_policies.PLACES):
        if change.kind in (Kind.ADDED, Kind.CHANGED, Kind.REPLACED):
            what = _wider(plan, change)
            if what:
                yield _finding(change, what)
        elif change.kind in (Kind.DESTROYED, Kind.FORGOTTEN):
            what = _lost_denials(plan, change)
            if what:
                yield _finding(change, what)


def _wider(plan: Plan, change: Change) -> str:
    owner = iam_policies.owner_after(plan, change)
    if owner and plan.is_new(owner):
        return ""
    if not (iam_policies.is_unknown(change) or _is_changed(change)):
        return ""
    if iam_policies.is_unknown(change):
        return "the policy is known only after the apply: nobody can tell what it will grant"
    try:
        more = granted(_held_after(change), _before(plan, owner, change))
    except DocumentError as error:
        return f"the policy cannot be compared: {error}"
    if not more:
        return ""
    return "the policy grants more, in a value that must not be shown" if _is_secret(change) else in_short(more)


def _is_changed(change: Change) -> bool:
    if iam_policies.document(change, change.before) != iam_policies.document(change, change.after):
        return True
    return list(iam_policies.inline(change.before)) != list(iam_policies.inline(change.after))


def _held_after(change: Change) -> tuple[Statement, ...]:
    own = statements(iam_policies.document(change, change.after))
    return own + tuple(one for text in iam_policies.inline(change.after) for one in statements(text))


def _before(plan: Plan, owner: str, change: Change) -> tuple[Statement, ...]:
    """Return what the owner is granted now, through any document of the same type."""
    same = [
        one
        for one in plan.of_types(change.type)
        if one.before and (one is change or (owner and iam_policies.owner_before(plan, one) == owner))
    ]
    own = [iam_policies.document(one, one.before) for one in same]
    inlined = [text for one in same for text in iam_policies.inline(one.before)]
    return tuple(statement for text in (*own, *inlined) for statement in statements(text))


def _lost_denials(plan: Plan, change: Change) -> str:
    owner = iam_policies.owner_before(plan, change)
    if any(one.kind is Kind.DESTROYED and one.address == owner for one in plan.changes):
        return ""
    try:
        lost = granted((), statements(iam_policies.document(change, change.before)))
    except DocumentError:
        return ""
    return in_short(lost) if not _is_secret(change) or not lost else "a denial that must not be shown is lost"


def _is_secret(change: Change) -> bool:
    return iam_policies.is_sensitive(change) or change.is_sensitive("inline_policy")


def _finding(change: Change, what: str) -> Finding:
    return Finding(address=change.address, rule="iam", what=what, why=WHY, instead=INSTEAD)
