"""A deployment group: its settings as they were given, with AWS's defaults filled in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .configuration import ECS_ALL_AT_ONCE

FIELDS = (
    "deploymentConfigName",
    "ec2TagFilters",
    "onPremisesInstanceTagFilters",
    "autoScalingGroups",
    "serviceRoleArn",
    "triggerConfigurations",
    "alarmConfiguration",
    "autoRollbackConfiguration",
    "outdatedInstancesStrategy",
    "deploymentStyle",
    "blueGreenDeploymentConfiguration",
    "loadBalancerInfo",
    "ec2TagSet",
    "ecsServices",
    "onPremisesTagSet",
    "ec2DeploymentOptions",
    "terminationHookEnabled",
)
_DEFAULTS: Mapping[str, Any] = {
    "ec2TagFilters": [],
    "onPremisesInstanceTagFilters": [],
    "autoScalingGroups": [],
    "triggerConfigurations": [],
    "outdatedInstancesStrategy": "UPDATE",
    "terminationHookEnabled": False,
}
_SNAPSHOT = ("autoRollbackConfiguration", "blueGreenDeploymentConfiguration", "deploymentStyle", "loadBalancerInfo")

Fields = Mapping[str, Any]


@dataclass(kw_only=True)
class Group:
    """`fields` are those of the API."""

    name: str
    application: str
    fields: Fields
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def service(self) -> tuple[str, str]:
        """Cluster and name of the ECS service."""
        service = self.fields["ecsServices"][0]
        return service["clusterName"], service["serviceName"]

    def describe(self) -> dict[str, Any]:
        """Return the DeploymentGroupInfo of the API, without what its deployments tell."""
        return {
            "applicationName": self.application,
            "deploymentGroupName": self.name,
            "deploymentGroupId": self.id,
            "computePlatform": "ECS",
            **self.fields,
        }

    def snapshot(self) -> Fields:
        """What a deployment shows of its group, as it was when the deployment began."""
        return {name: self.fields[name] for name in _SNAPSHOT if name in self.fields}


def completed(given: Fields, before: Fields | None = None) -> dict[str, Any]:
    """Put AWS's defaults where nothing was given; an update replaces whole fields and keeps the others.

    The waits are always numbers: clients compute how long to wait from them without looking whether they are there.
    """
    fields = {**_DEFAULTS, **(before or {}), **{name: given[name] for name in FIELDS if given.get(name) is not None}}
    fields["deploymentConfigName"] = fields.get("deploymentConfigName") or ECS_ALL_AT_ONCE
    if fields.get("blueGreenDeploymentConfiguration") is not None:
        fields["blueGreenDeploymentConfiguration"] = _waits(fields["blueGreenDeploymentConfiguration"])
    return fields


def _waits(configuration: Fields) -> dict[str, Any]:
    ready = {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0}
    termination = {"action": "TERMINATE", "terminationWaitTimeInMinutes": 0}
    return {
        **configuration,
        "deploymentReadyOption": ready | configuration.get("deploymentReadyOption", {}),
        "terminateBlueInstancesOnDeploymentSuccess": termination
        | configuration.get("terminateBlueInstancesOnDeploymentSuccess", {}),
    }
