"""What the settings of a deployment group of ECS must be, as far as they tell by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .alarm_rules import check_alarms, check_rollback
from .exceptions import Refusal
from .trigger_rules import check_triggers

Fields = Mapping[str, Any]

STYLE = {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}
LONGEST_WAIT_MINUTES = 2880
STRATEGIES = ("UPDATE", "IGNORE")
_EC2 = {
    "autoScalingGroups": "InvalidAutoScalingGroup",
    "ec2TagFilters": "InvalidEC2Tag",
    "ec2TagSet": "InvalidEC2TagCombination",
    "onPremisesInstanceTagFilters": "InvalidTag",
    "onPremisesTagSet": "InvalidOnPremisesTagCombination",
}
_PAIR = (
    "A deployment group associated with an application that uses the ECS compute platform must contain a valid pair of "
    "target groups that identify a load balancer"
)


def check_group(fields: Fields) -> None:
    """Check the completed settings of a group.

    Raises:
        Refusal: with the exception and the words that AWS has for it.
    """
    _check_service(fields)
    _check_style(fields)
    _check_balancer(fields.get("loadBalancerInfo"))
    _check_blue_green(fields.get("blueGreenDeploymentConfiguration"))
    _check_ec2(fields)
    check_triggers(fields.get("triggerConfigurations"))
    check_alarms(fields.get("alarmConfiguration"))
    check_rollback(fields.get("autoRollbackConfiguration"))


def _check_ec2(fields: Fields) -> None:
    for key, error in _EC2.items():
        if fields.get(key):
            raise Refusal(error, f"For ECS deployment group, {key} can not be specified")
    if (fields.get("ec2DeploymentOptions") or {}).get("autoScalingGroupProcessesToSuspend"):
        message = "For ECS deployment group, autoScalingGroupProcessesToSuspend can not be specified"
        raise Refusal("InvalidAutoScalingGroupProcessToSuspend", message)
    if fields["outdatedInstancesStrategy"] not in STRATEGIES:
        raise Refusal("InvalidInput", f"The outdated instances strategy must be one of {', '.join(STRATEGIES)}")


def _check_service(fields: Fields) -> None:
    if not fields.get("serviceRoleArn"):
        raise Refusal("RoleRequired", "The service role ARN must be specified")
    if not str(fields["serviceRoleArn"]).startswith("arn:"):
        raise Refusal("InvalidRole", f"The service role ARN is invalid: {fields['serviceRoleArn']}")
    services = fields.get("ecsServices") or []
    if len(services) != 1 or not services[0].get("clusterName") or not services[0].get("serviceName"):
        raise Refusal("InvalidECSService", "For ECS deployment group, exactly one ECS service must be specified")


def _check_style(fields: Fields) -> None:
    if fields.get("deploymentStyle") != STYLE:
        raise Refusal(
            "InvalidDeploymentStyle",
            "For ECS deployment, the deployment type must be BLUE_GREEN, and deployment option must be "
            "WITH_TRAFFIC_CONTROL.",
        )


def _check_balancer(info: Fields | None) -> None:
    if not info:
        raise Refusal("InvalidLoadBalancerInfo", "For ECS deployment group, loadBalancerInfo must be specified")
    for key in ("elbInfo", "targetGroupInfo"):
        if info.get(f"{key}List"):
            message = f"For ECS deployment group, loadBalancerInfo must not contain {key} list"
            raise Refusal("InvalidLoadBalancerInfo", message)
    pairs = info.get("targetGroupPairInfoList") or []
    if len(pairs) != 1:
        raise Refusal("InvalidTargetGroupPair", _PAIR)
    _check_pair(pairs[0])


def _check_pair(pair: Fields) -> None:
    names = [group.get("name") for group in pair.get("targetGroups") or []]
    if len(names) != 2 or not all(names) or names[0] == names[1]:
        raise Refusal("InvalidTargetGroupPair", _PAIR)
    if _listeners(pair, "prodTrafficRoute") != 1:
        raise Refusal("InvalidTargetGroupPair", "The production traffic route must have exactly one listener ARN")
    if pair.get("testTrafficRoute") and _listeners(pair, "testTrafficRoute") > 1:
        raise Refusal("InvalidTargetGroupPair", "The test traffic route must have at most one listener ARN")


def _listeners(pair: Fields, route: str) -> int:
    return len((pair.get(route) or {}).get("listenerArns") or [])


def _check_blue_green(configuration: Fields | None) -> None:
    if not configuration:
        raise _invalid("For ECS deployment group, blueGreenDeploymentConfiguration must be specified")
    ready = configuration["deploymentReadyOption"]
    termination = configuration["terminateBlueInstancesOnDeploymentSuccess"]
    waits = ready["waitTimeInMinutes"], termination["terminationWaitTimeInMinutes"]
    if configuration.get("greenFleetProvisioningOption"):
        raise _invalid("For ECS deployment group, greenFleetProvisioningOption can not be specified")
    if any(not 0 <= wait <= LONGEST_WAIT_MINUTES for wait in waits):
        raise _invalid(f"A wait time must be from 0 to {LONGEST_WAIT_MINUTES} minutes")
    if ready["actionOnTimeout"] not in {"CONTINUE_DEPLOYMENT", "STOP_DEPLOYMENT"}:
        raise _invalid(f"Unknown deployment ready action {ready['actionOnTimeout']}")
    if ready["actionOnTimeout"] == "CONTINUE_DEPLOYMENT" and ready["waitTimeInMinutes"] > 0:
        raise _invalid("Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified")
    if termination["action"] != "TERMINATE":
        raise _invalid("For ECS deployment group, the action on blue instances must be TERMINATE")


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidBlueGreenDeploymentConfiguration", message)
