"""The two sides of a deployment: the original task set and its replacement, and the routes to them."""

from __future__ import annotations

from dataclasses import dataclass

from .account import Service, TargetGroup, TaskSet
from .route import Route
from .task_set_info import TaskSetInfo


@dataclass(kw_only=True)
class Sides:
    """`blue` is the target group of the original task set, whatever its name; the routes are as they were before.

    `production` and `test` are what a rollback writes back, `found` is what the production route said at first.
    `weight` is the replacement's percentage; `touched` says that a rollback has something to undo, `final` that it is
    too late for one.
    """

    original: TaskSet
    blue: TargetGroup
    green: TargetGroup
    found: Route
    production: Route
    test: Route | None
    replacement: TaskSet | None = None
    weight: int = 0
    touched: bool = False
    final: bool = False

    def shares(self) -> dict[str, int]:
        """The weights of the production route, the side with more traffic first."""
        shares = {self.blue.arn: 100 - self.weight, self.green.arn: self.weight}
        return dict(sorted(shares.items(), key=lambda share: -share[1]))

    def describe(self, service: Service) -> tuple[TaskSetInfo, ...]:
        """What the deployment target shows of the task sets that are there."""
        original = service.task_set(self.original.arn)
        replacement = service.task_set(self.replacement.arn) if self.replacement else None
        infos = (
            _info(original, "Blue", self.blue, 100 - self.weight) if original else None,
            _info(replacement, "Green", self.green, self.weight) if replacement else None,
        )
        return tuple(info for info in infos if info)


def _info(task_set: TaskSet, label: str, group: TargetGroup, weight: float) -> TaskSetInfo:
    return TaskSetInfo(
        id=task_set.id,
        label=label,
        status=task_set.status,
        target_group=group.name,
        weight=float(weight),
        desired=task_set.desired,
        pending=task_set.pending,
        running=task_set.running,
    )
