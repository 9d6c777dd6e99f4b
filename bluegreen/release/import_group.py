"""Reads a CodeDeploy deployment group that others made: which service it releases, behind which listeners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_codedeploy import CodeDeployClient

ROUTES = {"production": "prodTrafficRoute", "test": "testTrafficRoute"}


@dataclass(frozen=True, kw_only=True)
class Group:
    """A deployment group of one ECS service; `test_listener` is empty where it has none."""

    application: str
    name: str
    cluster: str
    service: str
    target_groups: tuple[str, ...]
    production_listener: str
    test_listener: str


def read(codedeploy: CodeDeployClient, application: str, name: str) -> Group:
    """Ask CodeDeploy for a group.

    Raises:
        ReleaseError: there is no such application or group (those that are there are named), or it is no group of one
            ECS service behind one load balancer.
    """
    errors = codedeploy.exceptions
    try:
        answer = codedeploy.get_deployment_group(applicationName=application, deploymentGroupName=name)
    except (errors.ApplicationDoesNotExistException, errors.InvalidApplicationNameException):
        raise ReleaseError(
            f"there is no CodeDeploy application {application} in {codedeploy.meta.region_name}; "
            f"there are: {_applications(codedeploy)}"
        ) from None
    except (errors.DeploymentGroupDoesNotExistException, errors.InvalidDeploymentGroupNameException):
        raise ReleaseError(
            f"{application} has no deployment group {name}; it has: {_groups(codedeploy, application)}"
        ) from None
    return parse(answer["deploymentGroupInfo"])


def parse(info: Mapping[str, Any]) -> Group:
    """Read a `deploymentGroupInfo`.

    Raises:
        ReleaseError: it is no group of one ECS service behind one load balancer.
    """
    name, platform = info.get("deploymentGroupName", ""), info.get("computePlatform") or "Server"
    if platform != "ECS":
        raise ReleaseError(f"{name} is a deployment group for {platform}: only groups for ECS can be imported")
    services = info.get("ecsServices") or []
    pairs = (info.get("loadBalancerInfo") or {}).get("targetGroupPairInfoList") or []
    if len(services) != 1 or len(pairs) != 1:
        raise ReleaseError(
            f"{name}: found {len(services)} ECS services and {len(pairs)} pairs of target groups, allowed: one of each"
        )
    listeners = {route: _listener(pairs[0], route) for route in ROUTES}
    if not listeners["production"]:
        raise ReleaseError(f"{name} has no production listener: CodeDeploy could not move traffic either")
    return Group(
        application=info.get("applicationName", ""),
        name=name,
        cluster=services[0].get("clusterName", ""),
        service=services[0].get("serviceName", ""),
        target_groups=tuple(one["name"] for one in pairs[0].get("targetGroups") or [] if one.get("name")),
        production_listener=listeners["production"],
        test_listener=listeners["test"],
    )


def _listener(pair: Mapping[str, Any], route: str) -> str:
    return next(iter((pair.get(ROUTES[route]) or {}).get("listenerArns") or []), "")


def _applications(codedeploy: CodeDeployClient) -> str:
    pages = codedeploy.get_paginator("list_applications").paginate()
    return ", ".join(sorted(one for page in pages for one in page.get("applications", []))) or "none"


def _groups(codedeploy: CodeDeployClient, application: str) -> str:
    pages = codedeploy.get_paginator("list_deployment_groups").paginate(applicationName=application)
    return ", ".join(sorted(one for page in pages for one in page.get("deploymentGroups", []))) or "none"
