"""ECS as a client of Elastic Load Balancing: registers, deregisters and watches targets."""

from __future__ import annotations

from collections.abc import Sequence

from moto.elbv2.exceptions import InvalidTargetError, TargetGroupNotFoundError
from moto.elbv2.models import FakeHealthStatus, elbv2_backends

from .task import Task


def register(task: Task) -> None:
    """Give the task's target to its target group; a group that is gone takes none."""
    try:
        _backend(task).register_targets(_group(task), [task.target])
    except TargetGroupNotFoundError:
        return


def deregister(task: Task) -> None:
    """Take the task's target out of its target group, where it drains."""
    try:
        _backend(task).deregister_targets(_group(task), [task.target])
    except (TargetGroupNotFoundError, InvalidTargetError):  # the user was quicker
        return


def health(tasks: Sequence[Task]) -> dict[str, str]:
    """Return the state of each task's target by task id; targets that are nowhere registered are `unused`."""
    return {task.id: _state(task) for task in tasks if task.target_group}


def why_unhealthy(task: Task) -> str:
    """Return what the load balancer says of a target that fails its checks, as ECS's event repeats it."""
    found = _health(task)
    return (found.description if found else None) or "Health checks failed"


def is_attached(target_group_arn: str) -> bool:
    """Whether a load balancer uses the group."""
    region, account = target_group_arn.split(":")[3:5]
    group = elbv2_backends[account][region].target_groups.get(target_group_arn)
    return bool(group and group.load_balancer_arns)


def _state(task: Task) -> str:
    found = _health(task)
    return found.status if found else "unused"


def _health(task: Task) -> FakeHealthStatus | None:
    """Return the health of the task's target; None where it is nowhere registered."""
    try:
        (status,) = _backend(task).describe_target_health(_group(task), [task.target])
    except (TargetGroupNotFoundError, InvalidTargetError):
        return None
    return status


def _group(task: Task) -> str:
    return task.target_group or ""


def _backend(task: Task):
    region, account = _group(task).split(":")[3:5]
    return elbv2_backends[account][region]
