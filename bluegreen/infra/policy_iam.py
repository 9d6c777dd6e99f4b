"""The rule about IAM: every statement names what it is about, but for actions that IAM offers no resource level for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .iam_policy import NETWORK_INTERFACES
from .stack_json import StackJson

Finding = tuple[str, str]

WITHOUT_RESOURCE_LEVEL = frozenset(
    {
        "ecr:GetAuthorizationToken",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeRules",
        *NETWORK_INTERFACES,
    }
)
"""Actions that may be allowed on `*`."""

WITH_CONDITION = frozenset({"ecs:CreateTaskSet"})
"""Actions that may be allowed on `*` where a condition narrows them."""


def statements_are_scoped(stack: StackJson) -> Iterator[Finding]:
    for address, policy in stack.resources("aws_iam_role_policy", "aws_iam_policy"):
        for statement in json.loads(policy["policy"])["Statement"]:
            for reason in _unscoped(statement):
                yield address, reason
    for address, attachment in stack.resources("aws_iam_role_policy_attachment"):
        if ":aws:policy/" in attachment["policy_arn"]:
            yield address, "a managed policy is wider than what is needed: state a policy of its own"


def _unscoped(statement: dict[str, Any]) -> Iterator[str]:
    actions, resources = _list(statement.get("Action", "*")), _list(statement.get("Resource", "*"))
    for action in actions:
        if "*" in action:
            yield f"the action {action} is a wildcard"
        if "*" in resources and not _excepted(action, statement):
            yield f"{action} is allowed on every resource"


def _excepted(action: str, statement: dict[str, Any]) -> bool:
    return action in WITHOUT_RESOURCE_LEVEL or (action in WITH_CONDITION and bool(statement.get("Condition")))


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
