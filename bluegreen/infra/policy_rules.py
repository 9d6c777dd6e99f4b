"""The rules about load balancers, logs, and what releases own."""

from __future__ import annotations

from collections.abc import Iterator

from . import owned_by_releases
from .stack_json import Resource, StackJson

Finding = tuple[str, str]

COUNT = "desired_count"
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
            if not set(expected) <= set(_ignored(resource)):
                yield address, f"ignore_changes lacks {', '.join(expected)}: an apply would undo the last release"
    yield from _scaling_owns_the_count(stack)


def _scaling_owns_the_count(stack: StackJson) -> Iterator[Finding]:
    """A scaled service's number of tasks is left alone by an apply, any other's is what the settings say."""
    scaled = " ".join(target["resource_id"] for _, target in stack.resources("aws_appautoscaling_target"))
    for address, service in stack.resources("aws_ecs_service"):
        if f"${{{address}.name}}" in scaled:
            if COUNT not in _ignored(service):
                yield address, f"ignore_changes lacks {COUNT}: an apply would undo what auto scaling did"
        elif COUNT in _ignored(service):
            yield address, f"ignore_changes has {COUNT}, and nothing scales the service: a change would never come"


def _ignored(resource: Resource) -> list[str]:
    return resource.get("lifecycle", {}).get("ignore_changes", [])
