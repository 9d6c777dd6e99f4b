"""Operations that make and read deployments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bluegreen.loopback.codedeploy.deployment import Deployment
from bluegreen.loopback.codedeploy.deployment_info import describe
from bluegreen.loopback.codedeploy.deployment_rules import check_configuration, check_request, inline_appspec
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import application_name, deployment_id, group_name
from bluegreen.loopback.codedeploy.revision_rules import revision_of
from bluegreen.loopback.codedeploy.terms import terms

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page

STATUSES = ("Created", "Queued", "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready")
_OVERRIDES = ("autoRollbackConfiguration", "overrideAlarmConfiguration")
MOST_IN_A_BATCH = 25


@alone
def create_deployment(backend: Backend, request: Request) -> Answer:
    """Answer with the id at once; the engine does the rest."""
    ledger, now = backend.ledger, backend.clock.now()
    application = ledger.application(application_name(request))
    group = ledger.group(application.name, group_name(request))
    revision = revision_of(request.get("revision"))
    configuration = ledger.configuration(request.get("deploymentConfigName") or group.fields["deploymentConfigName"])
    check_configuration(configuration)
    check_request(request)
    content = inline_appspec(revision)
    _check_idle(backend, application.name, group.name)
    overrides = {name: request[name] for name in _OVERRIDES if request.get(name)}
    deployment = Deployment(
        id=backend.identifiers.deployment(),
        application=application.name,
        group=group.name,
        configuration=configuration.name,
        terms=terms(group.fields, configuration.routing, overrides),
        revision=revision,
        appspec=content,
        created=now,
        description=request.get("description"),
        previous_revision=ledger.live(application.name, group.name),
        snapshot={**group.snapshot(), **overrides},
    )
    application.register(revision, now).use(group.name, now)
    backend.release(deployment)
    return {"deploymentId": deployment.id}


@alone
def get_deployment(backend: Backend, request: Request) -> Answer:
    return {"deploymentInfo": describe(backend.ledger.deployment(deployment_id(request)))}


@alone
def batch_get_deployments(backend: Backend, request: Request) -> Answer:
    """Ids that no deployment has are left out."""
    if not request.get("deploymentIds"):
        raise Refusal("DeploymentIdRequired", "The deployment ID must be specified")
    ids = batch(request["deploymentIds"], MOST_IN_A_BATCH)
    known = backend.ledger.deployments
    return {"deploymentsInfo": [describe(known[one]) for one in ids if one in known]}


@alone
def list_deployments(backend: Backend, request: Request) -> Answer:
    """The newest first."""
    _check_filter(backend, request)
    found = [one.id for one in reversed(list(backend.ledger.deployments.values())) if _wanted(one, request)]
    return page(found, "deployments", request.get("nextToken"))


def _check_idle(backend: Backend, application: str, group: str) -> None:
    active = backend.ledger.active(application, group)
    if active:
        message = f"The Deployment Group '{group}' already has an active Deployment '{active.id}'"
        raise Refusal("DeploymentLimitExceeded", message)


def _check_filter(backend: Backend, request: Request) -> None:
    application, group = request.get("applicationName"), request.get("deploymentGroupName")
    if application and not group:
        raise Refusal("DeploymentGroupNameRequired", "Deployment group name must be specified")
    if group and not application:
        raise Refusal("ApplicationNameRequired", "Application name must be specified")
    if application and group:
        backend.ledger.group(application, group)
    unknown = [status for status in request.get("includeOnlyStatuses") or [] if status not in STATUSES]
    if unknown:
        raise Refusal("InvalidDeploymentStatus", f"Unknown deployment status: {unknown[0]}")
    start, end = _range(request)
    if start is not None and end is not None and start > end:
        raise Refusal("InvalidTimeRange", "The start time must be earlier than the end time.")


def _wanted(deployment: Deployment, request: Request) -> bool:
    start, end = _range(request)
    if request.get("applicationName") not in {None, "", deployment.application}:
        return False
    if request.get("deploymentGroupName") not in {None, "", deployment.group}:
        return False
    if request.get("includeOnlyStatuses") and deployment.status not in request["includeOnlyStatuses"]:
        return False
    if request.get("externalId"):
        return False
    return (start is None or deployment.created >= start) and (end is None or deployment.created <= end)


def _range(request: Request) -> tuple[float | None, float | None]:
    given: Mapping[str, Any] = request.get("createTimeRange") or {}
    return _seconds(given.get("start")), _seconds(given.get("end"))


def _seconds(value: datetime | float | None) -> float | None:
    return value.timestamp() if isinstance(value, datetime) else value


OPERATIONS: tuple[Operation, ...] = (create_deployment, get_deployment, batch_get_deployments, list_deployments)
