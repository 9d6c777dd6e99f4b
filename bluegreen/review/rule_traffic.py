"""Where listeners and their rules send traffic: CodeDeploy decides that from the first release on."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Change, Kind, Plan

LISTENERS = ("aws_lb_listener", "aws_alb_listener")
RULES = ("aws_lb_listener_rule", "aws_alb_listener_rule")
WHY = (
    "CodeDeploy owns it from the first release on: traffic would jump to a group that may hold no tasks, "
    "and the next release fails with `Primary taskset target group must be behind listener`"
)


def traffic_stays_where_a_release_left_it(plan: Plan) -> Iterator[Finding]:
    """Object to a change of a listener's default action or a rule's action, and to a rule put in or taken away."""
    for change in plan.of_types(*LISTENERS):
        if change.kind is Kind.CHANGED and change.touches("default_action"):
            yield _finding(change, "the listener's default_action is set by Terraform", "default_action")
    for change in plan.of_types(*RULES):
        if change.kind is Kind.CHANGED and change.touches("action"):
            yield _finding(change, "the rule's action is set by Terraform", "action")
        elif change.is_gone:
            yield _finding(change, f"the listener's rule is {change.kind}", "action")
        elif change.kind is Kind.ADDED and _is_put_into_service(change, plan):
            yield _finding(change, "a rule is put into a listener that serves already", "action")


def _is_put_into_service(change: Change, plan: Plan) -> bool:
    names = [plan.named(change, "listener_arn", type_) for type_ in LISTENERS]
    return not any(name and plan.is_new(name) for name in names)


def _finding(change: Change, what: str, attribute: str) -> Finding:
    return Finding(
        address=change.address,
        rule="traffic",
        what=what,
        why=WHY,
        instead=f"put {attribute} into the resource's ignore_changes, and move traffic with a release alone",
    )
