"""The rule about IAM: every statement names what it is about, but for actions that IAM offers no resource level for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from . import github_apply, github_apply_network, github_plan, github_release
from .iam_policy import NETWORK_INTERFACES
from .stack_json import StackJson

Finding = tuple[str, str]

_REFERENCE = re.compile(r"\$\{[^}]*\}")

WITHOUT_RESOURCE_LEVEL = frozenset(
    {
        "ecr:GetAuthorizationToken",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeRules",
        *NETWORK_INTERFACES,
        *github_apply.UNSCOPED,
        *github_plan.UNSCOPED,
        *github_release.UNSCOPED,
        *github_apply.BY_ID,
    }
)
"""Actions that may be allowed on `*`."""

UNTYPED = frozenset({"s3", "sns", "sqs"})
"""Services whose ARNs name the resource at once; elsewhere its type comes first, as in `function:name`."""

WITH_CONDITION = frozenset(
    {"ecs:CreateTaskSet", "ecs:ListTasks", *github_apply.BY_CONDITION, *github_apply_network.BY_TAG}
)
"""Actions that may be allowed on `*` where a condition narrows them."""


def statements_are_scoped(stack: StackJson) -> Iterator[Finding]:
    for address, policy in stack.resources("aws_iam_role_policy", "aws_iam_policy"):
        if policy["policy"].startswith("${"):
            yield address, "the policy is made elsewhere, so it cannot be checked: state it as JSON"
            continue
        for statement in json.loads(policy["policy"])["Statement"]:
            yield from ((address, reason) for reason in _unscoped(statement))


def policies_are_resources_of_their_own(stack: StackJson) -> Iterator[Finding]:
    for address, attachment in stack.resources("aws_iam_role_policy_attachment"):
        if ":aws:policy/" in attachment["policy_arn"]:
            yield address, "a managed policy is wider than what is needed: state a policy of its own"
    for address, role in stack.resources("aws_iam_role"):
        for key in ("inline_policy", "managed_policy_arns"):
            if role.get(key):
                yield address, f"{key} is not checked: a role's policy is a resource of its own"


def _unscoped(statement: dict[str, Any]) -> Iterator[str]:
    actions, resources = _list(statement.get("Action", "*")), _list(statement.get("Resource", "*"))
    for action in actions:
        if "*" in action:
            yield f"the action {action} is a wildcard"
        for resource in resources:
            if not is_scoped(resource) and not _excepted(action, statement):
                yield f"{action} is allowed on {'every resource' if resource == '*' else f'every {resource}'}"


def is_scoped(resource: str) -> bool:
    """Return whether the resource's part of an ARN says anything but its type and wildcards."""
    arn = _REFERENCE.sub("reference", resource).split(":", 5)
    if arn[0] == "reference":
        return True
    if len(arn) < 6 or "*" in arn[2]:
        return False
    type_, *named = re.split("[:/]", arn[5].lstrip("/"))
    return any(part.strip("*?") for part in (named if named and arn[2] not in UNTYPED else [type_]))


def _excepted(action: str, statement: dict[str, Any]) -> bool:
    return action in WITHOUT_RESOURCE_LEVEL or (action in WITH_CONDITION and bool(statement.get("Condition")))


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
