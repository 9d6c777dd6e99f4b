"""The rules about load balancers, logs, and what releases own."""

from __future__ import annotations

from collections.abc import Iterator

from . import owned_by_releases
from .stack_json import StackJson

Finding = tuple[str, str]

IGNORED = {"aws_lb_listener": owned_by_releases.LISTENER, "aws_ecs_service": owned_by_releases.SERVICE}


def load_balancers_are_internal(stack: StackJson) -> Iterator[Finding]:
    for address, balancer in stack.resources("aws_lb"):
        if balancer.get("internal") is not True:
            yield address, "the load balancer is not internal: the HTTP API is the only way in"


def log_groups_forget(stack: StackJson) -> Iterator[Finding]:
    for address, group in stack.resources("aws_cloudwatch_log_group"):
        if not group.get("retention_in_days"):
            yield address, "the log group has no retention: it would be paid for for ever"


def releases_own_their_changes(stack: StackJson) -> Iterator[Finding]:
    for kind, expected in IGNORED.items():
        for address, resource in stack.resources(kind):
            ignored = resource.get("lifecycle", {}).get("ignore_changes", [])
            if not set(expected) <= set(ignored):
                yield address, f"ignore_changes lacks {', '.join(expected)}: an apply would undo the last release"
