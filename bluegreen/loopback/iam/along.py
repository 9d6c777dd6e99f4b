"""What a call asks of IAM besides its own action: to hand a role to a service, and to tag what it makes."""

from __future__ import annotations

from collections.abc import Mapping

from .call import Call
from .statement import Request

_PASSED: Mapping[str, tuple[str, ...]] = {
    "codedeploy": ("serviceRoleArn",),
    "ec2": ("DeliverLogsPermissionArn",),
    "ecs": ("executionRoleArn", "taskRoleArn"),
    "lambda": ("Role",),
}
"""Parameters with the ARN of a role."""

_TAKERS = {
    "codedeploy": "codedeploy.amazonaws.com",
    "ec2": "vpc-flow-logs.amazonaws.com",
    "ecs": "ecs-tasks.amazonaws.com",
    "lambda": "lambda.amazonaws.com",
}

_TAGS = ("Tags", "tags")
_TAGGING = {
    "application-autoscaling": "TagResource",
    "cloudwatch": "TagResource",
    "codedeploy": "TagResource",
    "ecr": "TagResource",
    "ecs": "TagResource",
    "elasticloadbalancing": "AddTags",
    "iam": "TagRole",
    "lambda": "TagResource",
    "logs": "TagResource",
    "ssm": "AddTagsToResource",
}
_MAKES = ("Create", "Put", "Register")


def passed(call: Call) -> tuple[Request, ...]:
    """Return a request of iam:PassRole for each role that the call hands on."""
    if not call.operation.startswith(("Create", "Register", "Update")):
        return ()
    given = (call.parameter(name) for name in _PASSED.get(call.service, ()))
    return tuple(
        Request(action="iam:PassRole", resource=str(role), context={"iam:PassedToService": (_TAKERS[call.service],)})
        for role in given
        if role
    )


def tagged(call: Call, resources: tuple[str | None, ...]) -> tuple[Request, ...]:
    """Return a request to tag what the call makes with tags."""
    if call.service not in _TAGGING or not call.operation.startswith(_MAKES) or not any(map(call.parameter, _TAGS)):
        return ()
    context = {"ecs:CreateAction": (call.operation,)} if call.service == "ecs" else {}
    action = f"{call.service}:{_TAGGING[call.service]}"
    return tuple(Request(action=action, resource=resource, context=context) for resource in resources)
