"""What ECS refuses before it makes or changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.ecs.exceptions import EcsClientException, InvalidParameterException
from moto.ecs.models import TaskDefinition

from . import exceptions, targets

# ECS's quota of tasks per service.
MOST_TASKS = 5000
NETWORK = "network parameters"
# UpdateService's fields that only a CodeDeploy deployment may change, and what AWS calls them.
DEPLOYED: Mapping[str, str] = {
    "taskDefinition": "task definition",
    "networkConfiguration": NETWORK,
    "platformVersion": NETWORK,
    "loadBalancers": NETWORK,
    "serviceRegistries": NETWORK,
    "capacityProviderStrategy": NETWORK,
}


def check_new_service(request: Mapping[str, Any], definition: TaskDefinition) -> None:
    """Raise AWS's error for a CreateService that cannot be."""
    if (request.get("schedulingStrategy") or "REPLICA") != "REPLICA":
        raise InvalidParameterException("The DAEMON scheduling strategy does not support the CODE_DEPLOY controller.")
    if not request.get("loadBalancers"):
        raise InvalidParameterException("Services with a CODE_DEPLOY deployment controller need a load balancer.")
    _check_count(request)
    check_task_set(request, definition)
    for one in request["loadBalancers"]:
        if not targets.is_attached(one["targetGroupArn"]):
            raise exceptions.unattached_target_group(one["targetGroupArn"])


def check_task_set(request: Mapping[str, Any], definition: TaskDefinition) -> None:
    """Raise AWS's error for a task set that cannot be."""
    if request.get("launchType") not in (None, "FARGATE"):
        raise EcsClientException("The loopback runs tasks of launch type FARGATE only.")
    if definition.network_mode == "awsvpc" and not request.get("networkConfiguration"):
        raise InvalidParameterException(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        )
    balancers = request.get("loadBalancers") or []
    if len(balancers) > 1:
        raise exceptions.several_target_groups()
    for one in balancers:
        _check_container(one["containerName"], int(one["containerPort"]), definition)


def check_update(request: Mapping[str, Any]) -> None:
    """Raise AWS's error for an UpdateService with something that only a deployment changes, or an absurd count."""
    _check_count(request)
    if request.get("forceNewDeployment"):
        raise exceptions.no_forced_deployment()
    for key, what in DEPLOYED.items():
        if request.get(key) is not None:
            raise exceptions.unchangeable(what)


def _check_count(request: Mapping[str, Any]) -> None:
    count = request.get("desiredCount") or 0
    if not 0 <= count <= MOST_TASKS:
        raise InvalidParameterException(f"desiredCount must be between 0 and {MOST_TASKS}.")


def _check_container(name: str, port: int, definition: TaskDefinition) -> None:
    containers = {one["name"]: one for one in definition.container_definitions}
    if name not in containers:
        raise exceptions.no_such_container(name)
    if port not in [mapping.get("containerPort") for mapping in containers[name]["portMappings"]]:
        raise exceptions.no_such_port(name, port)
