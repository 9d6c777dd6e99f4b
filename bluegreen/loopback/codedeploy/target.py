"""The deployment target of an ECS deployment: the service, with its two task sets."""

from __future__ import annotations

from typing import Any

from .deployment import Deployment


def describe(deployment: Deployment, arn: str) -> dict[str, Any]:
    """Return the DeploymentTarget of the API; `arn` is the service's."""
    events = [
        {
            "lifecycleEventName": event.name,
            "startTime": event.started,
            "endTime": event.ended,
            "status": event.status.value,
        }
        for event in deployment.lifecycle
    ]
    target = {
        "deploymentId": deployment.id,
        "targetId": deployment.terms.target_id,
        "targetArn": arn,
        "lastUpdatedAt": deployment.updated or deployment.created,
        "lifecycleEvents": events,
        "status": deployment.target_status,
        "taskSetsInfo": [one.describe() for one in deployment.task_sets],
    }
    return {"deploymentTargetType": "ECSTarget", "ecsTarget": target}
