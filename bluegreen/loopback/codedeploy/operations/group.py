"""Operations on deployment groups."""

from __future__ import annotations

from typing import Any

from bluegreen.loopback.codedeploy.deployment import Deployment, Status
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.group import Group, completed
from bluegreen.loopback.codedeploy.group_account import check_account, put_weights
from bluegreen.loopback.codedeploy.group_rules import check_group
from bluegreen.loopback.codedeploy.names import application_name, group_name
from bluegreen.loopback.codedeploy.terms import Terms, terms

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page
from .tag import checked


def create_deployment_group(backend: Backend, request: Request) -> Answer:
    """Check, look into the account through the role, and only then make the group."""
    application, name = application_name(request), group_name(request)
    fields, tags = completed(request), checked(request.get("tags"))
    with backend.ledger.lock:
        _check_new(backend, application, name)
        found = _checked(backend, application, fields)
        _check_mapping(backend, found, None)
    blue = check_account(backend.role(found.role_arn), found)
    group = Group(name=name, application=application, fields=fields)
    with backend.ledger.lock:
        _check_new(backend, application, name)
        _check_mapping(backend, found, None)
        backend.ledger.application(application).groups[name] = group
        backend.tagger.tag_resource(backend.group_arn(application, name), tags)
    put_weights(backend.role(found.role_arn), found, blue)
    return {"deploymentGroupId": group.id}


def update_deployment_group(backend: Backend, request: Request) -> Answer:
    """Every field given replaces the one there was; `newDeploymentGroupName` renames.

    A release under way keeps the weights that it has written: a group that becomes gradual gets its own after it.
    """
    application, name = application_name(request), group_name(request, "currentDeploymentGroupName")
    new_name = group_name(request, "newDeploymentGroupName") if request.get("newDeploymentGroupName") else name
    with backend.ledger.lock:
        found = _updated(backend, application, name, new_name, request)
    blue = check_account(backend.role(found.role_arn), found)
    with backend.ledger.lock:
        found = _updated(backend, application, name, new_name, request)
        group = backend.ledger.group(application, name)
        group.fields = completed(request, before=group.fields)
        _rename(backend, group, new_name)
        idle = backend.ledger.active(application, new_name) is None
    if idle:
        put_weights(backend.role(found.role_arn), found, blue)
    return {"hooksNotCleanedUp": []}


def _updated(backend: Backend, application: str, name: str, new_name: str, request: Request) -> Terms:
    """Check what the group would be: before the account is looked at, and again after it, for others change it too."""
    group = backend.ledger.group(application, name)
    found = _checked(backend, application, completed(request, before=group.fields))
    _check_mapping(backend, found, group)
    if new_name != name:
        _check_new(backend, application, new_name)
    return found


@alone
def get_deployment_group(backend: Backend, request: Request) -> Answer:
    group = backend.ledger.group(application_name(request), group_name(request))
    return {"deploymentGroupInfo": _describe(backend, group)}


@alone
def batch_get_deployment_groups(backend: Backend, request: Request) -> Answer:
    groups = backend.ledger.application(application_name(request)).groups
    if not request.get("deploymentGroupNames"):
        raise Refusal("DeploymentGroupNameRequired", "Deployment group name must be specified")
    names = [group_name({"deploymentGroupName": name}) for name in batch(request["deploymentGroupNames"])]
    missing = [name for name in names if name not in groups]
    return {
        "deploymentGroupsInfo": [_describe(backend, groups[name]) for name in names if name in groups],
        "errorMessage": f"No Deployment Group found for names: {', '.join(missing)}" if missing else None,
    }


@alone
def list_deployment_groups(backend: Backend, request: Request) -> Answer:
    application = backend.ledger.application(application_name(request))
    names = page(list(application.groups), "deploymentGroups", request.get("nextToken"))
    return {"applicationName": application.name, **names}


@alone
def delete_deployment_group(backend: Backend, request: Request) -> Answer:
    """Deleting what is not there is no error."""
    application, name = application_name(request), group_name(request)
    if application in backend.ledger.applications:
        backend.ledger.application(application).groups.pop(name, None)
        backend.ledger.orphan(application, name, "DEPLOYMENT_GROUP_MISSING")
    backend.tagger.delete_all_tags_for_resource(backend.group_arn(application, name))
    return {"hooksNotCleanedUp": []}


def _check_new(backend: Backend, application: str, name: str) -> None:
    if name in backend.ledger.application(application).groups:
        message = f"A deployment group with the name {name} already exists in the application {application}"
        raise Refusal("DeploymentGroupAlreadyExists", message)


def _checked(backend: Backend, application: str, fields: dict[str, Any]) -> Terms:
    platform = backend.ledger.application(application).platform
    if platform != "ECS":
        raise Refusal("InvalidInput", f"The loopback has deployment groups for ECS only, not for {platform}")
    configuration = backend.ledger.configuration(fields["deploymentConfigName"])
    if configuration.platform != "ECS":
        message = f"{configuration.name} is for the compute platform {configuration.platform}, the application for ECS"
        raise Refusal("InvalidDeploymentConfigName", message)
    check_group(fields)
    return terms(fields, configuration.routing, {})


def _check_mapping(backend: Backend, found: Terms, group: Group | None) -> None:
    for other in backend.ledger.groups():
        if other is not group and other.service == (found.cluster, found.service):
            message = f"The ECS service {found.service} is in the deployment group {other.name} already"
            raise Refusal("ECSServiceMappingLimitExceeded", message)


def _rename(backend: Backend, group: Group, name: str) -> None:
    if name != group.name:
        backend.move_tags(backend.group_arn(group.application, group.name), backend.group_arn(group.application, name))
        backend.ledger.rename_group(group, name)


def _describe(backend: Backend, group: Group) -> dict[str, Any]:
    of = group.application, group.name
    live = backend.ledger.live(*of)
    succeeded = backend.ledger.last(*of, Status.SUCCEEDED)
    return {
        **group.describe(),
        "targetRevision": live.describe(content=False) if live else None,
        "lastSuccessfulDeployment": _last(succeeded),
        "lastAttemptedDeployment": _last(backend.ledger.last(*of, *Status)),
    }


def _last(deployment: Deployment | None) -> dict[str, Any] | None:
    if deployment is None:
        return None
    return {
        "deploymentId": deployment.id,
        "status": deployment.status.value,
        "endTime": deployment.completed,
        "createTime": deployment.created,
    }


OPERATIONS: tuple[Operation, ...] = (
    create_deployment_group,
    update_deployment_group,
    get_deployment_group,
    batch_get_deployment_groups,
    list_deployment_groups,
    delete_deployment_group,
)
