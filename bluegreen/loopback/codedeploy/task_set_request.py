"""The CreateTaskSet request of a deployment; pure."""

from __future__ import annotations

from typing import Any

from .account import TaskSet
from .appspec import AppSpec
from .terms import Terms


def task_set_request(
    deployment_id: str, terms: Terms, appspec: AppSpec, original: TaskSet, target_group: str
) -> dict[str, Any]:
    """Return the request: what the AppSpec leaves out is as the original task set has it, not as the service says."""
    balancer = {
        "targetGroupArn": target_group,
        "containerName": appspec.container_name,
        "containerPort": appspec.container_port,
    }
    request: dict[str, Any] = {
        "cluster": terms.cluster,
        "service": terms.service,
        "externalId": deployment_id,
        "taskDefinition": appspec.task_definition,
        "loadBalancers": [balancer],
        "scale": {"value": 100.0, "unit": "PERCENT"},
        "clientToken": deployment_id,
        **_launch(appspec, original),
    }
    network = original.network if appspec.network is None else appspec.network
    if network:
        request["networkConfiguration"] = {"awsvpcConfiguration": dict(network)}
    return request


def _launch(appspec: AppSpec, original: TaskSet) -> dict[str, Any]:
    version = appspec.platform_version or original.platform_version
    platform = {"platformVersion": version} if version else {}
    providers = appspec.capacity_providers or original.capacity_providers
    if providers:
        return {**platform, "capacityProviderStrategy": [dict(one) for one in providers]}
    return {**platform, "launchType": original.launch_type} if original.launch_type else platform
