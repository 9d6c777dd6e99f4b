"""A service that CodeDeploy deploys."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from . import arns
from .exceptions import TaskSetNotFoundException
from .task_set import ACTIVE, DRAINING, PRIMARY, TaskSet
from .timestamp import timestamp

INACTIVE = "INACTIVE"
EVENTS_KEPT = 100
# What a task set carries, and the service shows as its primary task set's.
MIRRORED = ("loadBalancers", "networkConfiguration", "platformVersion", "serviceRegistries", "launchType")
DEFAULTS: Mapping[str, Any] = {
    "schedulingStrategy": "REPLICA",
    "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
    "healthCheckGracePeriodSeconds": 0,
    "placementConstraints": [],
    "placementStrategy": [],
    "enableECSManagedTags": False,
    "enableExecuteCommand": False,
    "propagateTags": "NONE",
    "availabilityZoneRebalancing": "ENABLED",  # what CreateService makes of a missing value (API reference)
}


@dataclass(kw_only=True, eq=False)
class Service:
    """A service with the CODE_DEPLOY deployment controller; all times in epoch seconds."""

    name: str
    cluster_arn: str
    request: dict[str, Any]
    """What CreateService and UpdateService said, in the API's words."""
    desired_count: int
    created_at: float
    status: str = ACTIVE
    task_sets: list[TaskSet] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    steady: bool = False

    @cached_property
    def arn(self) -> str:
        return arns.of(self.cluster_arn, "service", self.name)

    @property
    def grace(self) -> float:
        """AWS seconds during which a task's failing health checks are forgiven."""
        return float(self._option("healthCheckGracePeriodSeconds"))

    @property
    def primary(self) -> TaskSet | None:
        return next((one for one in self.task_sets if one.status == PRIMARY), None)

    def task_set(self, name: str) -> TaskSet:
        """Return the task set with that id or ARN.

        Raises:
            TaskSetNotFoundException: it has none.
        """
        for one in self.task_sets:
            if one.named(name):
                return one
        raise TaskSetNotFoundException

    def promote(self, task_set: TaskSet, now: float) -> None:
        """Make `task_set` the primary one, and show its settings as the service's."""
        for one in self.task_sets:
            if one.status == PRIMARY and one is not task_set:
                one.become(ACTIVE, now)
        task_set.become(PRIMARY, now)
        self.request["taskDefinition"] = task_set.task_definition.arn
        self.request.update({key: task_set.request[key] for key in MIRRORED if task_set.request.get(key) is not None})

    def desired_for(self, task_set: TaskSet) -> int:
        """Return how many tasks the task set is to have now: none once it drains."""
        return 0 if task_set.status == DRAINING else task_set.desired(self.desired_count)

    def propagated_tags(self, task_set: TaskSet) -> list[dict[str, str]]:
        """Return the tags that its tasks take from the service or from the task definition."""
        source = self._option("propagateTags")
        return list({"SERVICE": self.tags, "TASK_DEFINITION": task_set.task_definition.tags}.get(source, []))

    def drain(self, now: float) -> None:
        """Begin to stop everything."""
        self.status, self.desired_count = DRAINING, 0
        for one in self.task_sets:
            one.become(DRAINING, now)

    def tell(self, message: str, now: float) -> None:
        """Add a service event; the newest comes first."""
        event = {"id": str(uuid.uuid4()), "createdAt": timestamp(now), "message": f"(service {self.name}) {message}"}
        self.events.insert(0, event)
        del self.events[EVENTS_KEPT:]

    def document(self) -> dict[str, Any]:
        """Return the API's Service."""
        kept = {key: self._option(key) for key in DEFAULTS}
        mirrored = {key: self.request.get(key) for key in MIRRORED}
        return {
            **kept,
            **mirrored,
            "serviceArn": self.arn,
            "serviceName": self.name,
            "clusterArn": self.cluster_arn,
            "capacityProviderStrategy": self.request.get("capacityProviderStrategy"),
            "status": self.status,
            "desiredCount": self.desired_count,
            "runningCount": sum(one.running_count for one in self.task_sets),
            "pendingCount": sum(one.pending_count for one in self.task_sets),
            "taskDefinition": self.request["taskDefinition"],
            "platformFamily": "Linux",
            "taskSets": [one.document(self.desired_count) for one in self.task_sets],
            "deployments": [],
            "deploymentController": {"type": "CODE_DEPLOY"},
            "roleArn": self.request.get("role"),
            "events": list(self.events),
            "createdAt": timestamp(self.created_at),
            "tags": list(self.tags),
        }

    def _option(self, key: str) -> Any:
        value = self.request.get(key)
        if isinstance(value, dict):
            return {**DEFAULTS[key], **value}
        return DEFAULTS[key] if value is None else value
