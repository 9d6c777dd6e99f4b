"""Reads, starts and stops deployments through the CodeDeploy API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import appspec_content, snapshot
from .errors import ReleaseError
from .revision import short_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_codedeploy import CodeDeployClient

    from bluegreen.release_target import ReleaseTarget

    from .snapshot import Snapshot


def read(codedeploy: CodeDeployClient, deployment_id: str) -> Snapshot:
    """Take a snapshot of a deployment.

    Raises:
        ReleaseError: there is no such deployment in this account and region.
    """
    errors = codedeploy.exceptions
    try:
        info = codedeploy.get_deployment(deploymentId=deployment_id).get("deploymentInfo", {})
    except (errors.DeploymentDoesNotExistException, errors.InvalidDeploymentIdException):
        region = codedeploy.meta.region_name
        raise ReleaseError(f"there is no deployment {deployment_id} in this account in {region}") from None
    return snapshot.parse(info, _target(codedeploy, deployment_id))


def newest(codedeploy: CodeDeployClient, target: ReleaseTarget) -> str | None:
    """Return the id of the group's newest deployment, None when there was never one."""
    return next(iter(_listed(codedeploy, target)), None)


def active(codedeploy: CodeDeployClient, target: ReleaseTarget) -> str | None:
    """Return the id of the deployment that keeps the group busy, None when the group is free."""
    return next(iter(_listed(codedeploy, target, includeOnlyStatuses=list(snapshot.ACTIVE))), None)


def start(
    codedeploy: CodeDeployClient,
    target: ReleaseTarget,
    text: str,
    *,
    description: str,
    configuration: str | None,
    heed_alarms: bool = True,
) -> str:
    """Create a deployment of an AppSpec and return its id.

    Raises:
        DeploymentLimitExceededException: another deployment keeps the group busy; its message names it.
    """
    options: dict[str, Any] = {"deploymentConfigName": configuration} if configuration else {}
    if not heed_alarms:
        options["overrideAlarmConfiguration"] = {"enabled": False, "alarms": []}
    return codedeploy.create_deployment(
        applicationName=target.application,
        deploymentGroupName=target.deployment_group,
        revision=appspec_content.revision_location(text),
        description=description,
        **options,
    )["deploymentId"]


def stop(codedeploy: CodeDeployClient, deployment_id: str, *, rollback: bool) -> None:
    """End a deployment, with a rollback whatever the group says, or without one.

    Raises:
        ReleaseError: it is over already, or its original task set is being ended.
    """
    errors = codedeploy.exceptions
    try:
        codedeploy.stop_deployment(deploymentId=deployment_id, autoRollbackEnabled=rollback)
    except errors.DeploymentAlreadyCompletedException:
        raise ReleaseError(f"{deployment_id} is over already: `bluegreen status` shows how it ended") from None


def check_configuration(codedeploy: CodeDeployClient, name: str) -> None:
    """Make sure that a deployment configuration is there, before anything is registered for it.

    Raises:
        ReleaseError: there is none of that name; those that exist are named.
    """
    try:
        codedeploy.get_deployment_config(deploymentConfigName=name)
    except codedeploy.exceptions.DeploymentConfigDoesNotExistException:
        names = ", ".join(_configurations(codedeploy))
        raise ReleaseError(f"there is no deployment configuration {name}; for ECS there are: {names}") from None


@dataclass(frozen=True)
class AppSpec:
    """What the AppSpec of a deployment says: `family:revision`, empty where it cannot be read back."""

    revision: str = ""
    hooks: dict[str, str] = field(default_factory=dict)
    """The function, by name or ARN, that each lifecycle event calls."""

    @property
    def hooked(self) -> bool:
        """Whether it names a hook."""
        return bool(self.hooks)


def appspec_of(codedeploy: CodeDeployClient, target: ReleaseTarget, deployment: Snapshot) -> AppSpec:
    """Read a deployment's AppSpec: GetDeployment never returns its text, GetApplicationRevision does."""
    if not deployment.revision_sha256:
        return AppSpec()
    errors = codedeploy.exceptions
    try:
        answer = codedeploy.get_application_revision(
            applicationName=target.application,
            revision={"revisionType": "AppSpecContent", "appSpecContent": {"sha256": deployment.revision_sha256}},
        )
    except (errors.RevisionDoesNotExistException, errors.ApplicationDoesNotExistException):
        return AppSpec()
    text = answer.get("revision", {}).get("appSpecContent", {}).get("content", "")
    return AppSpec(short_name(appspec_content.task_definition_of(text) or ""), appspec_content.hooks_of(text))


def revision_of(codedeploy: CodeDeployClient, target: ReleaseTarget, deployment: Snapshot) -> str | None:
    """Return `family:revision` that a deployment releases, None when its AppSpec cannot be read back."""
    return appspec_of(codedeploy, target, deployment).revision or None


def _target(codedeploy: CodeDeployClient, deployment_id: str) -> Any:
    try:
        pages = codedeploy.get_paginator("list_deployment_targets").paginate(deploymentId=deployment_id)
        ids = [one for page in pages for one in page.get("targetIds", [])]
        if not ids:
            return None
        answer = codedeploy.batch_get_deployment_targets(deploymentId=deployment_id, targetIds=ids)
    except codedeploy.exceptions.DeploymentNotStartedException:
        return None
    return next((one.get("ecsTarget") for one in answer.get("deploymentTargets", [])), None)


def _listed(codedeploy: CodeDeployClient, target: ReleaseTarget, **filters: Any) -> Iterator[str]:
    pages = codedeploy.get_paginator("list_deployments").paginate(
        applicationName=target.application, deploymentGroupName=target.deployment_group, **filters
    )
    for page in pages:  # a page may be empty and have a next one
        yield from page.get("deployments", [])


def _configurations(codedeploy: CodeDeployClient) -> list[str]:
    pages = codedeploy.get_paginator("list_deployment_configs").paginate()
    names = [name for page in pages for name in page.get("deploymentConfigsList", [])]
    return [name for name in names if not name.startswith("CodeDeployDefault.") or ".ECS" in name]
