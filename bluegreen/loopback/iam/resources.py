"""What a call is about, where a name in it makes the ARN: the resource types of the Service Authorization Reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .call import Call
from .wildcard import matches

EVERYTHING = "*"

_EVERYTHING = (
    "application-autoscaling:Describe*",
    "codedeploy:BatchGetDeploymentTargets",
    "codedeploy:ContinueDeployment",
    "codedeploy:GetDeploymentTarget",
    "codedeploy:ListApplications",
    "codedeploy:ListDeploymentConfigs",
    "codedeploy:ListDeploymentTargets",
    "codedeploy:StopDeployment",
    "ec2:Describe*",
    "ecr:GetAuthorizationToken",
    "ecs:DeregisterTaskDefinition",
    "ecs:DescribeTaskDefinition",
    "ecs:ListClusters",
    "ecs:ListServices*",
    "ecs:ListTaskDefinition*",
    "ecs:ListTasks",
    "elasticloadbalancing:Describe*",
    "ssm:DescribeParameters",
)
"""Actions for which IAM offers no resource level."""

_BY_SERVICE: Mapping[str, Mapping[str, str]] = {
    "application-autoscaling": {"ResourceARN": "{}", "ResourceId": "scalable-target/{}"},
    "cloudwatch": {"AlarmName": "alarm:{}", "AlarmNames": "alarm:{}", "ResourceARN": "{}"},
    "codedeploy": {"ResourceArn": "{}"},
    "ecr": {"repositoryName": "repository/{}", "repositoryNames": "repository/{}", "resourceArn": "{}"},
    "ecs": {
        "serviceName": "service/{cluster}/{}",
        "service": "service/{cluster}/{}",
        "tasks": "task/{cluster}/{}",
        "clusterName": "cluster/{}",
        "clusters": "cluster/{}",
        "cluster": "cluster/{}",
        "resourceArn": "{}",
    },
    "elasticloadbalancing": {
        "RuleArn": "{}",
        "ListenerArn": "{}",
        "TargetGroupArn": "{}",
        "LoadBalancerArn": "{}",
        "ResourceArns": "{}",
    },
    "iam": {"RoleName": "role/{}", "PolicyArn": "{}", "OpenIDConnectProviderArn": "{}"},
    "lambda": {"FunctionName": "function:{}", "Resource": "{}"},
    "logs": {"logGroupName": "log-group:{}:log-stream:", "resourceArn": "{}"},
    "ssm": {"Name": "parameter/{}", "Names": "parameter/{}", "ResourceId": "parameter/{}"},
}
"""Parameters that name resources; the first that a request has says what it is about."""

_BY_ACTION: Mapping[str, Mapping[str, str]] = {
    "elasticloadbalancing:CreateLoadBalancer": {"Name": "loadbalancer/app/{}/*"},
    "elasticloadbalancing:CreateTargetGroup": {"Name": "targetgroup/{}/*"},
    "logs:DescribeLogGroups": {"": "log-group::log-stream:"},
}


def resources(call: Call) -> tuple[str | None, ...]:
    """Return the ARNs, or None where nothing in the call says which resource it is about."""
    if any(matches(pattern, call.action) for pattern in _EVERYTHING):
        return (EVERYTHING,)
    if call.resource:
        return (call.resource,)
    templates = _BY_ACTION.get(call.action) or _BY_SERVICE.get(call.service, {})
    return next((found for found in _found(call, templates) if found), (None,))


def _found(call: Call, templates: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    cluster = str(call.parameter("cluster") or "default").rsplit("/", 1)[-1]
    for parameter, template in templates.items():
        names = _many(call.parameter(parameter)) if parameter else [""]
        yield tuple(_arn(call, template.replace("{cluster}", cluster), name) for name in names)


def _many(given: Any) -> list[str]:
    if isinstance(given, list):
        return [str(one) for one in given]
    return [str(given)] if given else []


def _arn(call: Call, template: str, name: str) -> str:
    # a parameter's name begins with the slash that its ARN has anyway
    return (
        name
        if name.startswith("arn:")
        else call.arn(template.format(name.lstrip("/") if call.service == "ssm" else name))
    )
