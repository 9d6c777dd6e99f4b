"""Reads the ECS service of a deployment group: its live revision, container, network and log group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import ReleaseError
from .revision import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .clients import Clients
    from .import_group import Group

REPOSITORY = re.compile(r"(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/[^@:]+")
FARGATE = "FARGATE"


@dataclass(frozen=True)
class Port:
    """The container and port that a load balancer reaches."""

    container: str
    number: int


def read(clients: Clients, group: Group) -> Mapping[str, Any]:
    """Read the service of a deployment group.

    Raises:
        ReleaseError: it is not there any more, or CodeDeploy is not what deploys it.
    """
    answer = clients.ecs.describe_services(cluster=group.cluster, services=[group.service])
    found = next((one for one in answer["services"] if one.get("status") == "ACTIVE"), None)
    if found is None:
        raise ReleaseError(f"{group.name} deploys {group.service} in cluster {group.cluster}, which is not there")
    check(found)
    return found


def check(service: Mapping[str, Any]) -> None:
    """Make sure that CodeDeploy is what deploys the service.

    Raises:
        ReleaseError: something else does.
    """
    controller = (service.get("deploymentController") or {}).get("type") or "ECS"
    if controller != "CODE_DEPLOY":
        raise ReleaseError(
            f"{service.get('serviceName')} has the deployment controller {controller}, allowed: CODE_DEPLOY "
            "(ECS takes it only when a service is created)"
        )


def primary(service: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the task set that production traffic reaches; of a service without one, the service."""
    return next((one for one in service.get("taskSets", []) if one.get("status") == "PRIMARY"), service)


def port(service: Mapping[str, Any], live: Mapping[str, Any], container: str | None, number: int | None) -> Port:
    """Choose the container and port: what was asked for, where the service leaves it open.

    Args:
        service: what DescribeServices says.
        live: the live revision's task definition.
        container: from the command line, None where it was not given; so is `number`.

    Raises:
        ReleaseError: none, or more than one, fits; those that the service has are named.
    """
    balancers = primary(service).get("loadBalancers") or service.get("loadBalancers") or []
    known = {Port(one.get("containerName", ""), int(one.get("containerPort") or 0)) for one in balancers}
    fits = sorted(
        (one for one in known if container in (None, one.container) and number in (None, one.number)), key=str
    )
    if len(fits) == 1:
        found = fits[0]
    elif not known and container and number:
        found = Port(container, number)
    else:
        listed = ", ".join(f"--container {one.container} --port {one.number}" for one in sorted(known, key=str))
        raise ReleaseError(f"which container and port? {service.get('serviceName')} has: {listed or 'none'}")
    names = [one["name"] for one in live.get("containerDefinitions", [])]
    if found.container not in names:
        raise ReleaseError(
            f"{short_name(live['taskDefinitionArn'])} has no container {found.container}, it has: {', '.join(names)}"
        )
    return found


def network(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a release target that say where tasks run; tasks on EC2 need not have a network."""
    task_set = primary(service)
    found = (task_set.get("networkConfiguration") or service.get("networkConfiguration") or {}).get(
        "awsvpcConfiguration"
    ) or {}
    return {
        "subnets": tuple(found.get("subnets") or ()),
        "security_groups": tuple(found.get("securityGroups") or ()),
        "assign_public_ip": found.get("assignPublicIp") or "DISABLED",
        "platform_version": _platform_version(task_set, service),
    }


def repository(image: str, service_arn: str) -> str:
    """Return the repository of an image, where it is in the ECR of the service's own account and region."""
    found = REPOSITORY.match(image)
    parts = service_arn.split(":")
    return found.group() if found and len(parts) > 4 and found.groups() == (parts[4], parts[3]) else ""


def log_group(live: Mapping[str, Any], container: str) -> str:
    """Return the CloudWatch log group of a container; empty where it logs elsewhere."""
    found = next((one for one in live.get("containerDefinitions", []) if one["name"] == container), {})
    configuration = found.get("logConfiguration") or {}
    is_cloudwatch = configuration.get("logDriver") == "awslogs"
    return (configuration.get("options") or {}).get("awslogs-group", "") if is_cloudwatch else ""


def architecture(live: Mapping[str, Any]) -> str:
    """Return `ARM64` or `X86_64`, which is ECS's own default."""
    return (live.get("runtimePlatform") or {}).get("cpuArchitecture") or "X86_64"


def _platform_version(task_set: Mapping[str, Any], service: Mapping[str, Any]) -> str:
    launch = task_set.get("launchType") or service.get("launchType")
    providers = task_set.get("capacityProviderStrategy") or service.get("capacityProviderStrategy") or []
    on_fargate = launch == FARGATE or any(str(one.get("capacityProvider")).startswith(FARGATE) for one in providers)
    version = task_set.get("platformVersion") or service.get("platformVersion")
    return (version or "LATEST") if on_fargate else ""
