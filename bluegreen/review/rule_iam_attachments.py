"""Managed policies that are attached to, and boundaries that are taken from, roles that are there already."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Change, Kind, Plan
from .rule_iam_policies import INSTEAD, WHY

ATTACHMENTS = {
    "aws_iam_role_policy_attachment": ("role", "aws_iam_role"),
    "aws_iam_user_policy_attachment": ("user", "aws_iam_user"),
    "aws_iam_group_policy_attachment": ("group", "aws_iam_group"),
}
MANY = "aws_iam_policy_attachment"
HOLDERS = ("aws_iam_role", "aws_iam_user")


def roles_get_no_more_policies(plan: Plan) -> Iterator[Finding]:
    """Object to a managed policy that is new to somebody who is there, and to a boundary that changes or goes."""
    attached = {_pair_before(plan, one) for one in plan.of_types(*ATTACHMENTS) if one.before}
    for change in plan.of_types(*ATTACHMENTS):
        if change.kind not in (Kind.ADDED, Kind.CHANGED, Kind.REPLACED):
            continue
        attribute, type_ = ATTACHMENTS[change.type]
        owner = plan.named(change, attribute, type_)
        policy = plan.named(change, "policy_arn", "aws_iam_policy")
        if not (owner and plan.is_new(owner)) and (owner, policy) not in attached:
            yield _finding(
                change, f"{policy or 'a policy that is new'} is attached to {owner or 'a holder that changes'}"
            )
    yield from _attached_to_many(plan)
    for change in plan.of_types(*HOLDERS):
        if change.kind in (Kind.CHANGED, Kind.REPLACED):
            yield from _held(plan, change)


def _pair_before(plan: Plan, change: Change) -> tuple[str, str]:
    attribute, type_ = ATTACHMENTS[change.type]
    owner = plan.existing(type_, change.before.get(attribute))
    return owner, plan.existing("aws_iam_policy", change.before.get("policy_arn"))


def _attached_to_many(plan: Plan) -> Iterator[Finding]:
    for change in plan.of_types(MANY):
        if change.kind not in (Kind.ADDED, Kind.CHANGED, Kind.REPLACED):
            continue
        holders = {name: set(change.after.get(name) or ()) for name in ("roles", "users", "groups")}
        same = change.before.get("policy_arn") == change.after.get("policy_arn")
        more = {
            one for name, now in holders.items() for one in now - set((change.before.get(name) if same else ()) or ())
        }
        hidden = any(change.is_unknown(name) for name in holders)
        if more or (hidden and change.before):
            yield _finding(
                change, f"a policy is attached to {', '.join(sorted(more)) or 'holders known after the apply'}"
            )


def _held(plan: Plan, change: Change) -> Iterator[Finding]:
    known = set(change.before.get("managed_policy_arns") or ())
    more = set(change.after.get("managed_policy_arns") or ()) - known
    if change.is_unknown("managed_policy_arns") and plan.is_configured(change, "managed_policy_arns"):
        more = more or {"a policy that is known after the apply"}
    if more:
        yield _finding(change, f"{', '.join(sorted(more))} is attached to it")
    boundary = change.before.get("permissions_boundary")
    if boundary and change.touches("permissions_boundary"):
        yield _finding(change, f"the permissions boundary {boundary} is taken away or replaced")


def _finding(change: Change, what: str) -> Finding:
    return Finding(address=change.address, rule="iam", what=what, why=WHY, instead=INSTEAD)
