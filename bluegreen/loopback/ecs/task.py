"""A task: containers that share an address and a life."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from moto.ecs.models import TaskDefinition

from . import arns, container_health
from .container import Container
from .scheduler import DEACTIVATING, PROVISIONING, RUNNING, STOPPED, STOPPING, TaskView
from .timestamp import timestamp


@dataclass(kw_only=True, eq=False)
class Task:
    """A task of a service; all times in epoch seconds."""

    cluster_arn: str
    service_name: str
    task_definition: TaskDefinition
    task_set_id: str
    address: str
    subnet: str
    launch_type: str
    platform_version: str
    target_group: str | None
    target_port: int
    created_at: float
    tags: list[dict[str, str]] = field(default_factory=list)
    id: str = field(default_factory=arns.task_id)
    status: str = PROVISIONING
    desired_status: str = RUNNING
    since: float = field(init=False)
    containers: tuple[Container, ...] = field(init=False)
    registered: bool = False
    killed: bool = False
    unwanted: str | None = None
    started_at: float | None = None
    stopping_at: float | None = None
    stopped_at: float | None = None
    stop_code: str | None = None
    stopped_reason: str | None = None

    def __post_init__(self) -> None:
        self.since = self.created_at
        self.containers = tuple(Container(definition=one) for one in self.task_definition.container_definitions)

    @cached_property
    def arn(self) -> str:
        return arns.of(self.cluster_arn, "task", self.id)

    @property
    def target(self) -> dict[str, Any]:
        """Its target as Elastic Load Balancing knows it."""
        return {"Id": self.address, "Port": self.target_port}

    def enter(self, status: str, now: float) -> None:
        """Take on `status`."""
        self.status, self.since = status, now
        if status == RUNNING:
            self.started_at = now
        if status in (DEACTIVATING, STOPPING, STOPPED):
            self.desired_status = STOPPED
            self.stopping_at = self.stopping_at or now
        if status == STOPPED:
            self.stopped_at = now

    def stop_because(self, code: str, reason: str) -> None:
        """Keep why it stops; the first reason stands."""
        self.stop_code = self.stop_code or code
        self.stopped_reason = self.stopped_reason or reason

    def signal(self, number: signal.Signals) -> None:
        """Signal every container that still runs."""
        for container in self.containers:
            if container.process:
                container.process.signal(number)

    def view(self, health: str, shorten: float) -> TaskView:
        """Return what the scheduler sees; `shorten` is real seconds for an AWS second."""
        started = [container for container in self.containers if container.process]
        return TaskView(
            id=self.id,
            status=self.status,
            since=self.since,
            failed=any(container.exited and container.essential for container in started),
            ended=all(container.exited for container in started),
            registered=self.registered,
            health=health,
            stop_timeout=shorten * max(container.stop_timeout for container in self.containers),
            killed=self.killed,
            container_health=self._health(),
            unwanted=self.unwanted,
        )

    def check_health(self, now: float) -> None:
        """Bring the health checks of its containers on."""
        for container in self.containers:
            if container.health:
                container.health.step(now)

    def end_checks(self) -> None:
        """Stop the health checks under way."""
        for container in self.containers:
            if container.health:
                container.health.end()

    def _health(self) -> str:
        return container_health.of_all(one.health.state for one in self.containers if one.health and one.essential)

    def document(self) -> dict[str, Any]:
        """Return the API's Task."""
        return {
            "taskArn": self.arn,
            "clusterArn": self.cluster_arn,
            "taskDefinitionArn": self.task_definition.arn,
            "group": f"service:{self.service_name}",
            "startedBy": self.task_set_id,
            "lastStatus": self.status,
            "desiredStatus": self.desired_status,
            "launchType": self.launch_type,
            "platformVersion": self.platform_version,
            "platformFamily": "Linux",
            "cpu": self.task_definition.cpu,
            "memory": self.task_definition.memory,
            "attachments": [self._network_interface()],
            "attributes": [],
            "containers": [self._container(container) for container in self.containers],
            "connectivity": "CONNECTED",
            "healthStatus": self._health() or container_health.UNKNOWN,
            "overrides": {"containerOverrides": [{"name": container.name} for container in self.containers]},
            "createdAt": timestamp(self.created_at),
            "startedAt": timestamp(self.started_at),
            "stoppingAt": timestamp(self.stopping_at),
            "stoppedAt": timestamp(self.stopped_at),
            "stopCode": self.stop_code,
            "stoppedReason": self.stopped_reason,
            "tags": self.tags,
            "version": 1,
        }

    @cached_property
    def _interface_id(self) -> str:
        return f"eni-{uuid.uuid4().hex[:17]}"

    def _network_interface(self) -> dict[str, Any]:
        details: Mapping[str, str] = {
            "subnetId": self.subnet,
            "networkInterfaceId": self._interface_id,
            "privateIPv4Address": self.address,
        }
        return {
            "id": self._interface_id.replace("eni-", "attach-"),
            "type": "ElasticNetworkInterface",
            "status": "DELETED" if self.status == STOPPED else "ATTACHED",
            "details": [{"name": name, "value": value} for name, value in details.items()],
        }

    def _container(self, container: Container) -> dict[str, Any]:
        return {
            "containerArn": arns.of(self.cluster_arn, "container", self.id, container.id),
            "taskArn": self.arn,
            "name": container.name,
            "image": container.definition["image"],
            "imageDigest": container.image_digest,
            "lastStatus": STOPPED if container.exited else self.status,
            "exitCode": container.exit_code,
            "networkInterfaces": [{"attachmentId": self._interface_id, "privateIpv4Address": self.address}],
            "healthStatus": container.health_status,
        }
