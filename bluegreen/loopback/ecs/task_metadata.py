"""The task metadata endpoint, version 4: what a task may know about itself.

Source: Amazon ECS developer guide, Task metadata endpoint version 4 for tasks on Fargate.
"""

from __future__ import annotations

from typing import Any, cast

from moto.ecs.models import ecs_backends

from .container import Container
from .models import LoopbackECSBackend
from .scheduler import STOPPED
from .task import Task
from .timestamp import timestamp


def task(container_id: str) -> dict[str, Any] | None:
    """Return the document of the task that the container is in, None when there is no such container."""
    found = _find(container_id)
    return _task(found[0]) if found else None


def container(container_id: str) -> dict[str, Any] | None:
    """Return the document of a container, None when there is no such container."""
    found = _find(container_id)
    return _container(*found) if found else None


def _find(container_id: str) -> tuple[Task, Container] | None:
    for _, _, backend in ecs_backends.iter_backends():
        ours = cast("LoopbackECSBackend", backend)
        with ours.lock:
            tasks = list(ours.task_table.values())
        for one in tasks:
            for container in one.containers:
                if container.id == container_id:
                    return one, container
    return None


def _task(found: Task) -> dict[str, Any]:
    return {
        "Cluster": found.cluster_arn,
        "TaskARN": found.arn,
        "Family": found.task_definition.family,
        "Revision": str(found.task_definition.revision),
        "DesiredStatus": found.desired_status,
        "KnownStatus": found.status,
        "LaunchType": found.launch_type,
        "ServiceName": found.service_name,
        "Limits": {"CPU": int(found.task_definition.cpu or 0) / 1024, "Memory": int(found.task_definition.memory or 0)},
        "PullStartedAt": _iso(found.created_at),
        "PullStoppedAt": _iso(found.since),
        "Containers": [_container(found, one) for one in found.containers],
    }


def _container(found: Task, one: Container) -> dict[str, Any]:
    return {
        "DockerId": one.id,
        "Name": one.name,
        "DockerName": one.name,
        "Image": one.definition["image"],
        "ImageID": one.image_digest or "",
        "Labels": {
            "com.amazonaws.ecs.cluster": found.cluster_arn,
            "com.amazonaws.ecs.container-name": one.name,
            "com.amazonaws.ecs.task-arn": found.arn,
            "com.amazonaws.ecs.task-definition-family": found.task_definition.family,
            "com.amazonaws.ecs.task-definition-version": str(found.task_definition.revision),
        },
        "DesiredStatus": found.desired_status,
        "KnownStatus": STOPPED if one.exited else found.status,
        **({"Health": {"status": one.health.state}} if one.health else {}),
        **({"ExitCode": one.exit_code} if one.exited else {}),
        "CreatedAt": _iso(found.created_at),
        "Type": "NORMAL",
        "Networks": [{"NetworkMode": "awsvpc", "IPv4Addresses": [found.address]}],
    }


def _iso(seconds: float) -> str:
    moment = timestamp(seconds)
    return moment.isoformat().replace("+00:00", "Z") if moment else ""
