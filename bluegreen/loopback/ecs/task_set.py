"""A task set: so many tasks of one task definition behind one target group."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from moto.ecs.models import TaskDefinition

from . import arns
from .scheduler import LIVE, RUNNING, STABILIZING, TaskSetView
from .task import Task
from .timestamp import timestamp

PRIMARY, ACTIVE, DRAINING = "PRIMARY", "ACTIVE", "DRAINING"
# AWS seconds until a Fargate task has its network interface and its image; nothing depends on the exact number.
PROVISIONING_SECONDS = 10.0


@dataclass(kw_only=True, eq=False)
class TaskSet:
    """A task set of a service; all times in epoch seconds."""

    cluster_arn: str
    service_arn: str
    service_name: str
    task_definition: TaskDefinition
    request: Mapping[str, Any]
    """What CreateTaskSet or CreateService said, in the API's words."""
    created_at: float
    status: str = ACTIVE
    started_by: str | None = None
    scale: float = 100.0
    id: str = field(default_factory=arns.task_set_id)
    tasks: list[Task] = field(default_factory=list)
    failures: int = 0
    not_before: float = 0.0
    updated_at: float = field(init=False)
    stability_status: str = STABILIZING
    stability_status_at: float = field(init=False)
    tags: list[dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.updated_at = self.stability_status_at = self.created_at
        self.tags = list(self.request.get("tags") or [])

    @cached_property
    def task_set_arn(self) -> str:
        return arns.of(self.cluster_arn, "task-set", self.service_name, self.id)

    @property
    def load_balancers(self) -> list[dict[str, Any]]:
        return self.request.get("loadBalancers") or []

    @property
    def target_group(self) -> str | None:
        """The ARN of its target group; a service of CodeDeploy has one target group a task set."""
        return self.load_balancers[0].get("targetGroupArn") if self.load_balancers else None

    @property
    def target_port(self) -> int:
        return int(self.load_balancers[0]["containerPort"]) if self.load_balancers else 0

    @property
    def platform_version(self) -> str:
        return self.request.get("platformVersion") or "LATEST"

    @property
    def launch_type(self) -> str:
        return self.request.get("launchType") or "FARGATE"

    @property
    def running_count(self) -> int:
        return sum(task.status == RUNNING for task in self.tasks)

    @property
    def pending_count(self) -> int:
        return sum(task.status in LIVE for task in self.tasks) - self.running_count

    def desired(self, service_desired: int) -> int:
        """Return its share of the service's desired count, rounded up as AWS does."""
        return math.ceil(service_desired * self.scale / 100)

    def named(self, name: str) -> bool:
        """Whether `name` is its id or ARN."""
        return name in (self.id, self.task_set_arn)

    def rescale(self, scale: float, now: float) -> None:
        """Change the percentage of the service's desired count."""
        self.scale, self.updated_at = scale, now

    def become(self, status: str, now: float) -> None:
        """Take on `status`."""
        if self.status != status:
            self.status, self.updated_at = status, now

    def stabilize(self, stability: str, now: float) -> None:
        """Keep what the scheduler found, and since when."""
        if self.stability_status != stability:
            self.stability_status, self.stability_status_at = stability, now

    def view(self, *, desired: int, grace: float, health: Mapping[str, str], shorten: float) -> TaskSetView:
        """Return what the scheduler sees; `grace` in AWS seconds, `health` of the targets by task id."""
        return TaskSetView(
            desired=desired,
            tasks=tuple(task.view(health.get(task.id, "unused"), shorten) for task in self.tasks),
            id=self.id,
            target_group=self.target_group,
            grace=grace * shorten,
            provisioning=PROVISIONING_SECONDS * shorten,
            not_before=self.not_before,
        )

    def document(self, service_desired: int) -> dict[str, Any]:
        """Return the API's TaskSet."""
        return {
            "id": self.id,
            "taskSetArn": self.task_set_arn,
            "serviceArn": self.service_arn,
            "clusterArn": self.cluster_arn,
            "startedBy": self.started_by,
            "externalId": self.request.get("externalId"),
            "status": self.status,
            "taskDefinition": self.task_definition.arn,
            "computedDesiredCount": self.desired(service_desired),
            "pendingCount": self.pending_count,
            "runningCount": self.running_count,
            "createdAt": timestamp(self.created_at),
            "updatedAt": timestamp(self.updated_at),
            "launchType": self.launch_type,
            "capacityProviderStrategy": self.request.get("capacityProviderStrategy"),
            "platformVersion": self.platform_version,
            "platformFamily": "Linux",
            "networkConfiguration": self.request.get("networkConfiguration"),
            "loadBalancers": self.load_balancers,
            "serviceRegistries": self.request.get("serviceRegistries") or [],
            "scale": {"value": self.scale, "unit": "PERCENT"},
            "stabilityStatus": self.stability_status,
            "stabilityStatusAt": timestamp(self.stability_status_at),
            "tags": self.tags,
        }
