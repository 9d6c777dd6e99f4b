"""Roles as a team would make them: a trust policy for one service, and policies that grant something."""

from __future__ import annotations

import json
from typing import Any

CODEDEPLOY, LAMBDA, TASKS = "codedeploy.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"
RELEASES = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
HOOK_LOG = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
REPORT = "codedeploy:PutLifecycleEventHookExecutionStatus"


def document(*statements: dict[str, Any]) -> str:
    """Return a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(*actions: str, on: str | list[str] = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": on}


def trust(service: str) -> str:
    """Return a trust policy that lets `service` take the role."""
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def make_role(iam: Any, name: str, service: str, *, attached: str = "", inline: str = "") -> str:
    """Make a role for `service` with a managed policy, an inline one, both or none; return its ARN."""
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(service))["Role"]["Arn"]
    if attached:
        iam.attach_role_policy(RoleName=name, PolicyArn=attached)
    if inline:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=inline)
    return arn


def service_role(iam: Any, name: str = "codedeploy") -> str:
    """Make a role with which CodeDeploy can do all of a release."""
    return make_role(iam, name, CODEDEPLOY, attached=RELEASES)


def hook_role(iam: Any, name: str = "hook") -> str:
    """Make a role for a hook that writes its log, reads the deployment and reports."""
    codedeploy = allow(REPORT, "codedeploy:GetDeployment", "codedeploy:GetApplicationRevision")
    return make_role(iam, name, LAMBDA, attached=HOOK_LOG, inline=document(codedeploy))
