"""What CodeDeploy reads of the account: ECS services and the load balancer, as their APIs describe them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Action = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TaskSet:
    """A task set as ECS describes it; `target_group` is an ARN, the counts are numbers of tasks."""

    id: str
    arn: str
    status: str
    target_group: str
    external_id: str | None = None
    steady: bool = False
    desired: int = 0
    pending: int = 0
    running: int = 0
    launch_type: str | None = None
    platform_version: str | None = None
    network: Mapping[str, Any] | None = None
    capacity_providers: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Service:
    """An ECS service and its task sets."""

    arn: str
    status: str
    controller: str
    task_sets: tuple[TaskSet, ...] = ()

    @property
    def primary(self) -> TaskSet | None:
        """The task set that serves production traffic."""
        return next((one for one in self.task_sets if one.status == "PRIMARY"), None)

    def task_set(self, arn: str) -> TaskSet | None:
        """The task set with that ARN."""
        return next((one for one in self.task_sets if one.arn == arn), None)


@dataclass(frozen=True, kw_only=True)
class TargetGroup:
    """A target group and the ARNs of the load balancers that use it."""

    arn: str
    name: str
    load_balancers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A listener and its default actions."""

    arn: str
    load_balancer: str
    protocol: str = "HTTP"
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of a listener that is not the default one."""

    arn: str
    actions: tuple[Action, ...]
