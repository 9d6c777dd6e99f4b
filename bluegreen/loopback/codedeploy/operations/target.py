"""Operations on deployment targets: an ECS deployment has exactly one."""

from __future__ import annotations

from typing import Any

from bluegreen.loopback.codedeploy.deployment import Deployment, Status
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import deployment_id
from bluegreen.loopback.codedeploy.target import describe

from .operation import Answer, Backend, Operation, Request, alone
from .paging import page

STATUSES = ("Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Unknown", "Ready")
LABELS = ("Blue", "Green")


@alone
def list_deployment_targets(backend: Backend, request: Request) -> Answer:
    deployment = _started(backend, request)
    filters = request.get("targetFilters") or {}
    return page(
        [deployment.terms.target_id],
        "targetIds",
        request.get("nextToken"),
        wanted=lambda _: all(_passes(deployment, name, values) for name, values in filters.items()),
    )


@alone
def get_deployment_target(backend: Backend, request: Request) -> Answer:
    return {"deploymentTarget": _target(backend, _started(backend, request), request.get("targetId"))}


@alone
def batch_get_deployment_targets(backend: Backend, request: Request) -> Answer:
    deployment, ids = _started(backend, request), request.get("targetIds") or []
    if len(ids) > 1:
        raise Refusal("DeploymentTargetListSizeExceeded", "An ECS deployment has exactly one target")
    return {"deploymentTargets": [_target(backend, deployment, ids[0] if ids else None)]}


def _started(backend: Backend, request: Request) -> Deployment:
    deployment = backend.ledger.deployment(deployment_id(request))
    if deployment.status is Status.CREATED:
        raise Refusal("DeploymentNotStarted", f"The deployment {deployment.id} has not started")
    return deployment


def _passes(deployment: Deployment, name: str, values: list[str]) -> bool:
    if name == "TargetStatus":
        _check(values, STATUSES, "InvalidInstanceStatus")
        return deployment.target_status in values
    if name == "ServerInstanceLabel":
        _check(values, LABELS, "InvalidInstanceType")
        return False  # the label of an instance: a service has both sides in it
    raise Refusal("InvalidTargetFilterName", f"The target filter name is invalid: {name}")


def _check(values: list[str], allowed: tuple[str, ...], error: str) -> None:
    unknown = [value for value in values if value not in allowed]
    if unknown:
        raise Refusal(error, f"The filter value {unknown[0]} is not one of {', '.join(allowed)}")


def _target(backend: Backend, deployment: Deployment, target_id: str | None) -> dict[str, Any]:
    if not target_id:
        raise Refusal("DeploymentTargetIdRequired", "The target ID must be specified")
    if target_id != deployment.terms.target_id:
        raise Refusal("DeploymentTargetDoesNotExist", f"The deployment {deployment.id} has no target {target_id}")
    place = f"{backend.region_name}:{backend.account_id}"
    path = target_id.replace(":", "/")
    return describe(deployment, f"arn:{backend.partition}:ecs:{place}:service/{path}")


OPERATIONS: tuple[Operation, ...] = (
    list_deployment_targets,
    get_deployment_target,
    batch_get_deployment_targets,
)
