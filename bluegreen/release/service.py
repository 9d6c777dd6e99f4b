"""The ECS service of a release: what runs, and what its events say when a release fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ReleaseError
from .revision import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients


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


def events_since(service: Mapping[str, Any], since: datetime) -> tuple[str, ...]:
    """Return the service's event messages from a time on, oldest first."""
    events = [one for one in service.get("events", []) if one["createdAt"] >= since]
    return tuple(one["message"] for one in sorted(events, key=lambda one: one["createdAt"]))


def _primary(service: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((one for one in service.get("taskSets", []) if one.get("status") == "PRIMARY"), None)
