"""What GetDeployment shows."""

from __future__ import annotations

from typing import Any

from .deployment import Deployment


def describe(deployment: Deployment) -> dict[str, Any]:
    """Return the DeploymentInfo of the API; members that are None have no value yet, or never will."""
    previous = deployment.previous_revision
    return {
        "applicationName": deployment.application,
        "deploymentGroupName": deployment.group,
        "deploymentConfigName": deployment.configuration,
        "deploymentId": deployment.id,
        "previousRevision": previous.describe(content=False) if previous else None,
        "revision": deployment.revision.describe(content=False),
        "status": deployment.status.value,
        "errorInformation": deployment.error,
        "createTime": deployment.created,
        "startTime": deployment.started,
        "completeTime": deployment.completed,
        "deploymentOverview": deployment.overview(),
        "description": deployment.description,
        "creator": deployment.creator,
        "ignoreApplicationStopFailures": False,
        "updateOutdatedInstancesOnly": False,
        "rollbackInfo": deployment.rollback,
        "instanceTerminationWaitTimeStarted": deployment.termination_wait_started,
        "fileExistsBehavior": "DISALLOW",
        "deploymentStatusMessages": [],
        "computePlatform": "ECS",
        **deployment.snapshot,
    }
