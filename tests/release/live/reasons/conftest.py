"""Revisions whose container is not the template's, and deployments that `deploy` would not start."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

import pytest

NAME = "rehearsal"
LOG_GROUP = "/ecs/rehearsal"
CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
"""Unlike all at once, it has the replacement's targets checked before they get traffic."""
numbers = count(1)


@pytest.fixture(scope="session")
def log_group(account: Any) -> None:
    logs = account.client("logs")
    with suppress(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName=LOG_GROUP)


@pytest.fixture
def register(account: Any, log_group: None) -> Callable[..., str]:
    """Register a revision whose container differs from the template's in what is given; return its ARN."""

    def make(**container: Any) -> str:
        ecs = account.client("ecs")
        template = ecs.describe_task_definition(taskDefinition=account.made["template"])["taskDefinition"]
        (own,) = template["containerDefinitions"]
        options = {"awslogs-group": LOG_GROUP, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api"}
        # a number of its own makes it a revision of its own
        number = {"name": "NUMBER", "value": str(next(numbers))}
        logged = {"logConfiguration": {"logDriver": "awslogs", "options": options}, "environment": [number]}
        kept = ("family", "networkMode", "requiresCompatibilities", "cpu", "memory")
        return ecs.register_task_definition(
            **{name: template[name] for name in kept}, containerDefinitions=[{**own, **logged, **container}]
        )["taskDefinition"]["taskDefinitionArn"]

    return make


@pytest.fixture
def begin(account: Any) -> Callable[..., str]:
    """Start a deployment past the checks that `deploy` makes before it would; return its id."""

    def start(task_definition: str, *, port: int = 3000, hook: str = "", configuration: str = CANARY) -> str:
        container = {"ContainerName": "rust-api", "ContainerPort": port}
        properties = {"TaskDefinition": task_definition, "LoadBalancerInfo": container}
        appspec = {
            "version": 0.0,
            "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}],
            "Hooks": [{"BeforeAllowTraffic": hook or account.made["hook"]}],
        }
        return create(account, {"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(appspec)}})

    def create(account: Any, revision: dict[str, Any]) -> str:
        return account.client("codedeploy").create_deployment(
            applicationName=NAME, deploymentGroupName=NAME, deploymentConfigName=CANARY, revision=revision
        )["deploymentId"]

    return start
