"""What a task's execution role must grant before its containers start."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.loopback.roles import LAMBDA, TASKS, allow, document, make_role

from .conftest import CONTAINER, LOGS, REPOSITORY, Stage

OPTIONS = {"awslogs-group": LOGS, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api"}
IMAGES = f"arn:aws:ecr:us-east-1:123456789012:repository/{REPOSITORY}"
LOG = f"arn:aws:logs:us-east-1:123456789012:log-group:{LOGS}:*"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"
PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
WRITE = ("logs:CreateLogStream", "logs:PutLogEvents")
EACH = ("ecr:GetAuthorizationToken", *PULL, *WRITE)


def _role(stage: Stage, *without: str, service: str = TASKS) -> str:
    """Make a role that grants what a task needs, without some actions."""
    wanted = (("*", ("ecr:GetAuthorizationToken",)), (IMAGES, PULL), (LOG, WRITE))
    kept = [(on, [action for action in actions if action not in without]) for on, actions in wanted]
    policy = document(*(allow(*actions, on=on) for on, actions in kept if actions))
    return make_role(stage.client("iam"), f"execution-{uuid.uuid4().hex[:8]}", service, inline=policy)


def _definition(stage: Stage, role: str, **of_container: Any) -> str:
    known = stage.register(logConfiguration={"logDriver": "awslogs", "options": OPTIONS}, **of_container)
    given = stage.ecs.describe_task_definition(taskDefinition=known)["taskDefinition"]
    names = ("family", "networkMode", "requiresCompatibilities", "cpu", "memory", "containerDefinitions")
    answer = stage.ecs.register_task_definition(**{name: given[name] for name in names}, executionRoleArn=role)
    return answer["taskDefinition"]["taskDefinitionArn"]


def _refused(stage: Stage, role: str) -> dict[str, Any]:
    stage.create_service(_definition(stage, role))
    stage.eventually(stage.stopped)
    return stage.stopped()[0]


def test_a_task_starts_with_a_role_that_grants_what_it_needs(stage: Stage) -> None:
    stage.create_service(_definition(stage, _role(stage)))
    (task,) = stage.until_steady()
    assert task["containers"][0]["name"] == CONTAINER


@pytest.mark.parametrize("action", EACH)
def test_a_task_does_not_start_without(stage: Stage, action: str) -> None:
    stopped = _refused(stage, _role(stage, action))
    assert stopped["stopCode"] == "TaskFailedToStart"
    assert stopped["stoppedReason"].startswith("ResourceInitializationError: ")
    assert f"is not authorized to perform: {action} on resource: " in stopped["stoppedReason"]


@pytest.mark.parametrize(
    ("of", "action", "arn"),
    [
        ("/shop/key", "ssm:GetParameters", "arn:aws:ssm:us-east-1:123456789012:parameter/shop/key"),
        (f"{SECRET}:user::", "secretsmanager:GetSecretValue", SECRET),
    ],
)
def test_a_task_does_not_start_with_a_secret_that_its_role_may_not_read(
    stage: Stage, of: str, action: str, arn: str
) -> None:
    stage.create_service(_definition(stage, _role(stage), secrets=[{"name": "KEY", "valueFrom": of}]))
    stage.eventually(stage.stopped)
    assert f"is not authorized to perform: {action} on resource: {arn}" in stage.stopped()[0]["stoppedReason"]


def test_a_role_of_another_service_cannot_be_taken(stage: Stage) -> None:
    role = _role(stage, service=LAMBDA)
    reason = f"ECS was unable to assume the role '{role}' that was provided for this task."
    assert _refused(stage, role)["stoppedReason"] == reason
