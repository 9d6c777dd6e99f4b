"""The ECS service of a release: what runs, and what its tasks and events say when a release fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import ReleaseError
from .revision import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients

OWN_FAULT = frozenset({"EssentialContainerExited", "TaskFailedToStart"})
"""Stop codes of a task that ended by itself: the others are the scheduler's or a user's doing."""


@dataclass(frozen=True)
class Trouble:
    """What ECS said since a deployment began: why tasks of the replacement stopped, and the service's events."""

    stopped_tasks: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


def describe(clients: Clients, target: ReleaseTarget) -> dict[str, Any]:
    """Read the service.

    Raises:
        ReleaseError: it is not there any more.
    """
    answer = clients.ecs.describe_services(cluster=target.cluster, services=[target.service])
    found = next((one for one in answer["services"] if one.get("status") == "ACTIVE"), None)
    if found is None:
        raise ReleaseError(
            f"there is no service {target.service} in cluster {target.cluster}: was {target.environment} destroyed?"
        )
    return dict(found)


def live_revision(service: Mapping[str, Any]) -> str:
    """Return the ARN of the primary task set's revision."""
    return (_primary(service) or service)["taskDefinition"]


def live_deployment(service: Mapping[str, Any]) -> str:
    """Return the id of the deployment that made the primary task set; empty when no deployment did."""
    return (_primary(service) or {}).get("externalId") or ""


def revisions_by_task_set(service: Mapping[str, Any]) -> dict[str, str]:
    """Map the id of every task set to `family:revision`."""
    return {one["id"]: short_name(one["taskDefinition"]) for one in service.get("taskSets", [])}


def trouble(clients: Clients, target: ReleaseTarget, *, revision: str, since: datetime) -> Trouble:
    """Gather why tasks of a revision stopped, and the service's events, since a time."""
    return Trouble(_stopped(clients, target, revision), events_since(describe(clients, target), since))


def events_since(service: Mapping[str, Any], since: datetime) -> tuple[str, ...]:
    """Return the service's event messages from a time on, oldest first."""
    events = [one for one in service.get("events", []) if one["createdAt"] >= since]
    return tuple(one["message"] for one in sorted(events, key=lambda one: one["createdAt"]))


def stopped_reason(task: Mapping[str, Any]) -> str:
    """Say why a task stopped, with the exit codes of its containers; empty when it was not its own fault."""
    if task.get("stopCode") not in OWN_FAULT:
        return ""
    ends = [_container_end(one) for one in task.get("containers", [])]
    return "; ".join([task.get("stoppedReason") or task["stopCode"], *(one for one in ends if one)])


def _primary(service: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((one for one in service.get("taskSets", []) if one.get("status") == "PRIMARY"), None)


def _container_end(container: Mapping[str, Any]) -> str:
    parts = [f"exit code {container['exitCode']}"] if container.get("exitCode") is not None else []
    parts += [container["reason"]] if container.get("reason") else []
    return f"container {container['name']}: {', '.join(parts)}" if parts else ""


def _stopped(clients: Clients, target: ReleaseTarget, revision: str) -> tuple[str, ...]:
    arns = clients.ecs.list_tasks(cluster=target.cluster, serviceName=target.service, desiredStatus="STOPPED")[
        "taskArns"
    ]
    if not arns:
        return ()
    tasks = clients.ecs.describe_tasks(cluster=target.cluster, tasks=arns)["tasks"]
    reasons = [stopped_reason(one) for one in tasks if short_name(one.get("taskDefinitionArn", "")) == revision]
    return tuple(dict.fromkeys(reason for reason in reasons if reason))
