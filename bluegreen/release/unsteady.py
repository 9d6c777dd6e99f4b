"""Why the replacement's tasks do not become or stay steady. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import target_health, task_end
from .event import Event
from .task_end import TARGET_CHECKS

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .task_end import TaskEnd
    from .trouble import Trouble

A_LOOP = 3
"""So many tasks that ended in the same way are no accident."""
LAST_EVENTS = 3
BAD = re.compile(r"unable|fail|unhealthy|cannot|could not|limit|blocked|insufficient|exceed", re.IGNORECASE)
"""What an event of a service holds when something is wrong; the others tell what goes as it should."""
VARIES = re.compile(r"[0-9a-fA-F-]{16,}|\d+\.\d+\.\d+\.\d+")
"""Ids and addresses, which differ from task to task."""
PLACING = (
    (("vCPU", "limit on"), "ask AWS for a higher quota of Fargate vCPUs, or let fewer tasks run"),
    (("ENI", "free IP", "IP address"), "give the tasks subnets with more free addresses"),
    (("unavailable", "apacity"), "release again later: AWS has no capacity there just now"),
    (("blocked",), "ask AWS's support: the account is blocked"),
    (("assume",), "let ECS take the task's roles (their trust policies)"),
)


@dataclass(frozen=True, kw_only=True)
class Unsteady:
    """`cause` is one line; `count` is how many tasks ended like that."""

    cause: str
    details: tuple[str, ...]
    next_step: str
    count: int = 0

    @property
    def key(self) -> tuple[str, bool]:
        """What makes it worth telling again: another cause, or that it is a loop by now."""
        return VARIES.sub("…", self.cause), self.count >= A_LOOP


def find(trouble: Trouble, target: ReleaseTarget) -> Unsteady | None:
    """Find the first cause in what went wrong; None when nothing did."""
    if trouble.tasks:
        return _by_tasks(trouble, target)
    if trouble.targets:
        return _by_target(trouble, target)
    bad = [one for one in trouble.events if BAD.search(one)]
    if not bad:
        return None
    return Unsteady(cause=bad[-1], details=tuple(bad[-LAST_EVENTS:-1]), next_step=_placing(bad[-1]))


def as_event(found: Unsteady, deployment_id: str, revision: str) -> Event:
    """Tell it while the deployment still waits."""
    times = f" ({found.count} tasks so far)" if found.count > 1 else ""
    text = "\n  ".join([f"{revision or 'the replacement'} is not steady{times}: {found.cause}", *found.details])
    fields = {
        "deployment_id": deployment_id,
        "revision": revision,
        "reason": found.cause,
        "details": list(found.details),
        "next_step": found.next_step,
        "count": found.count,
    }
    return Event(kind="unsteady", text=f"{text}\nnext: {found.next_step}", fields=fields, tone="bad")


def _by_tasks(trouble: Trouble, target: ReleaseTarget) -> Unsteady:
    first = trouble.tasks[0]
    alike = sum(_same(one, first) for one in trouble.tasks)
    others = dict.fromkeys(one.words for one in trouble.tasks if not _same(one, first))
    log = trouble.tail.words if trouble.tail else ()
    cause, step = first.words, task_end.next_step(first, target)
    if first.reason.startswith(TARGET_CHECKS) and trouble.targets:
        cause = f"its tasks fail the load balancer's health checks: {trouble.targets[0].words}"
        step = _again(target_health.next_step(trouble.targets[0], target))
    return Unsteady(cause=cause, details=(*log, *others), next_step=step, count=alike)


def _by_target(trouble: Trouble, target: ReleaseTarget) -> Unsteady:
    words = dict.fromkeys(one.words for one in trouble.targets)
    first, *others = words
    step = _again(target_health.next_step(trouble.targets[0], target))
    return Unsteady(
        cause=f"its tasks fail the load balancer's health checks: {first}", details=tuple(others), next_step=step
    )


def _same(one: TaskEnd, other: TaskEnd) -> bool:
    return VARIES.sub("…", one.words) == VARIES.sub("…", other.words)


def _placing(event: str) -> str:
    found = next((step for signs, step in PLACING if any(sign in event for sign in signs)), None)
    return _again(found or "look at the service's events in ECS and mend what they name")


def _again(step: str) -> str:
    return step if "release again" in step else f"{step}, then release again"
