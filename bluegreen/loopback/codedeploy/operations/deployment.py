"""Operations that make and read deployments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bluegreen.loopback.codedeploy.deployment import Deployment
from bluegreen.loopback.codedeploy.deployment_info import describe
from bluegreen.loopback.codedeploy.deployment_rules import check_configuration, check_request, inline_appspec
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.group import Group
from bluegreen.loopback.codedeploy.group_account import check_routing
from bluegreen.loopback.codedeploy.names import application_name, configuration_name, deployment_id, group_name
from bluegreen.loopback.codedeploy.terms import Terms, terms

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page
from .revision import revision_in

STATUSES = ("Created", "Queued", "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready")
_OVERRIDES = ("autoRollbackConfiguration", "overrideAlarmConfiguration")
MOST_IN_A_BATCH = 25


def create_deployment(backend: Backend, request: Request) -> Answer:
    """Answer with the id at once; the engine does the rest."""
    with backend.ledger.lock:
        asked = _asked(backend, request)
    if request.get("deploymentConfigName"):  # the group's own was checked with the group
        check_routing(backend.role(asked.role_arn), asked)
    with backend.ledger.lock:
        return _created(backend, request)


def _asked(backend: Backend, request: Request) -> Terms:
    """Check the whole request; return the terms on which it would be deployed."""
    ledger = backend.ledger
    application = ledger.application(application_name(request))
    group = ledger.group(application.name, group_name(request))
    inline_appspec(revision_in(application, request.get("revision")))
    configuration = ledger.configuration(_configuration(request, group))
    check_configuration(configuration)
    check_request(request)
    _check_idle(backend, application.name, group.name)
    return terms(group.fields, configuration.routing, _overrides(request))


def _created(backend: Backend, request: Request) -> Answer:
    asked, ledger, now = _asked(backend, request), backend.ledger, backend.clock.now()
    application = ledger.application(request["applicationName"])
    group = ledger.group(application.name, request["deploymentGroupName"])
    revision = revision_in(application, request.get("revision"))
    deployment = Deployment(
        id=backend.identifiers.deployment(),
        application=application.name,
        group=group.name,
        configuration=_configuration(request, group),
        terms=asked,
        revision=revision,
        appspec=inline_appspec(revision),
        created=now,
        description=request.get("description"),
        previous_revision=ledger.live(application.name, group.name),
        snapshot={**group.snapshot(), **_overrides(request), **_echoed(request)},
    )
    application.register(revision, now).use(group.name, now)
    backend.release(deployment)
    return {"deploymentId": deployment.id}


def _configuration(request: Request, group: Group) -> str:
    if request.get("deploymentConfigName") is None:
        return group.fields["deploymentConfigName"]
    return configuration_name(request)


def _overrides(request: Request) -> dict[str, Any]:
    return {name: request[name] for name in _OVERRIDES if request.get(name) is not None}


def _echoed(request: Request) -> dict[str, Any]:
    return {name: request[name] for name in ("fileExistsBehavior",) if request.get(name)}


@alone
def get_deployment(backend: Backend, request: Request) -> Answer:
    return {"deploymentInfo": describe(backend.ledger.deployment(deployment_id(request)))}


@alone
def batch_get_deployments(backend: Backend, request: Request) -> Answer:
    """Ids that no deployment has are left out."""
    if not request.get("deploymentIds"):
        raise Refusal("DeploymentIdRequired", "The deployment ID must be specified")
    ids = [deployment_id({"deploymentId": one}) for one in batch(request["deploymentIds"], MOST_IN_A_BATCH)]
    known = backend.ledger.deployments
    return {"deploymentsInfo": [describe(known[one]) for one in ids if one in known]}


@alone
def list_deployments(backend: Backend, request: Request) -> Answer:
    """The newest first."""
    _check_filter(backend, request)
    newest_first = list(reversed(backend.ledger.deployments.values()))
    return page(
        newest_first,
        "deployments",
        request.get("nextToken"),
        wanted=lambda one: _wanted(one, request),
        mark=lambda one: one.id,
        show=lambda one: one.id,
    )


def _check_idle(backend: Backend, application: str, group: str) -> None:
    active = backend.ledger.active(application, group)
    if active:
        message = f"The Deployment Group '{group}' already has an active Deployment '{active.id}'"
        raise Refusal("DeploymentLimitExceeded", message)


def _check_filter(backend: Backend, request: Request) -> None:
    if request.get("applicationName") or request.get("deploymentGroupName"):
        backend.ledger.group(application_name(request), group_name(request))
    unknown = [status for status in request.get("includeOnlyStatuses") or [] if status not in STATUSES]
    if unknown:
        raise Refusal("InvalidDeploymentStatus", f"Unknown deployment status: {unknown[0]}")
    start, end = _range(request)
    if start is not None and end is not None and start > end:
        raise Refusal("InvalidTimeRange", "The start time must be earlier than the end time.")


def _wanted(deployment: Deployment, request: Request) -> bool:
    start, end = _range(request)
    if request.get("applicationName"):
        of = request["applicationName"], request["deploymentGroupName"]
        if deployment.missing or (deployment.application, deployment.group) != of:
            return False
    if request.get("includeOnlyStatuses") and deployment.status not in request["includeOnlyStatuses"]:
        return False
    if request.get("externalId"):
        return False  # CloudFormation's deployments have one; here nothing makes such
    return (start is None or deployment.created >= start) and (end is None or deployment.created <= end)


def _range(request: Request) -> tuple[float | None, float | None]:
    given: Mapping[str, float] = request.get("createTimeRange") or {}
    return given.get("start"), given.get("end")


OPERATIONS: tuple[Operation, ...] = (create_deployment, get_deployment, batch_get_deployments, list_deployments)
