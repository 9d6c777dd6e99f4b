"""The task metadata endpoint, version 4: what a task may know about itself.

Source: Amazon ECS developer guide, Task metadata endpoint version 4 for tasks on Fargate.
"""

from __future__ import annotations

from typing import Any, cast

from moto.ecs.models import ecs_backends

from .container import Container
from .models import LoopbackECSBackend
from .task import Task
from .timestamp import timestamp


def task(task_id: str) -> dict[str, Any] | None:
    """Return the document of a task, None when there is no such task."""
    found = _find(task_id)
    return _task(found) if found else None


def container(task_id: str) -> dict[str, Any] | None:
    """Return the document of a task's first container, None when there is no such task."""
    found = _find(task_id)
    return _container(found, found.containers[0]) if found else None


def _find(task_id: str) -> Task | None:
    for _, _, backend in ecs_backends.iter_backends():
        ours = cast("LoopbackECSBackend", backend)
        with ours.lock:
            if task_id in ours.task_table:
                return ours.task_table[task_id]
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
        "KnownStatus": found.status,
        "CreatedAt": _iso(found.created_at),
        "Type": "NORMAL",
        "Networks": [{"NetworkMode": "awsvpc", "IPv4Addresses": [found.address]}],
    }


def _iso(seconds: float) -> str:
    moment = timestamp(seconds)
    return moment.isoformat().replace("+00:00", "Z") if moment else ""
