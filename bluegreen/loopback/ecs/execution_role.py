"""What ECS does with a task's execution role before a container starts: it pulls from ECR and opens the log."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bluegreen.loopback.iam import denial, roles
from bluegreen.loopback.iam.roles import RoleArn
from bluegreen.loopback.iam.statement import Request

from . import secret_values
from .container import Container
from .task import Task

SERVICE = "ecs-tasks.amazonaws.com"
_ECR = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)")
_PULL = ("BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage")
_LOG = ("CreateLogStream", "PutLogEvents")


class ExecutionRoleError(RuntimeError):
    """ECS cannot take the role, or the role may not do what the container needs; the text is AWS's."""


def check(task: Task, container: Container) -> None:
    """Do with the role what ECS does; a task that has none needs none here.

    Raises:
        ExecutionRoleError: with the reason.
    """
    role = vars(task.task_definition).get("execution_role_arn")
    if not role:
        return
    if not roles.is_trusted(role, SERVICE):
        raise ExecutionRoleError(f"ECS was unable to assume the role '{role}' that was provided for this task.")
    for words, request in _needed(task, container, RoleArn(role)):
        decision = roles.ask(role, request)
        if not decision.allowed:
            caller = f"arn:{RoleArn(role).partition}:sts::{RoleArn(role).account}:assumed-role/{RoleArn(role).name}"
            said = denial.message(f"{caller}/{task.id}", request, decision)
            raise ExecutionRoleError(f"ResourceInitializationError: {words}: AccessDeniedException: {said}")


def _needed(task: Task, container: Container, role: RoleArn) -> Iterator[tuple[str, Request]]:
    """Yield what is asked with the role, each with how ECS begins to say that it failed."""
    if image := _ECR.match(container.definition["image"]):
        account, region, repository = image.groups()
        login = "unable to pull secrets or registry auth: unable to retrieve ecr registry auth"
        yield login, Request(action="ecr:GetAuthorizationToken", resource="*")
        arn = f"arn:{role.partition}:ecr:{region}:{account}:repository/{repository}"
        yield from (("unable to pull the image", Request(action=f"ecr:{verb}", resource=arn)) for verb in _PULL)
    for action, arn in secret_values.asked(task, container):
        failed = "unable to pull secrets or registry auth: execution resource retrieval failed"
        yield failed, Request(action=action, resource=arn)
    logs = container.definition.get("logConfiguration") or {}
    if logs.get("logDriver") == "awslogs":
        options = logs["options"]
        prefix = f"arn:{role.partition}:logs:{options['awslogs-region']}:{role.account}:log-group"
        stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{container.name}/{task.id}"
        arn = f"{prefix}:{options['awslogs-group']}:log-stream:{stream}"
        failed = "failed to validate logger args: failed to create Cloudwatch log stream"
        yield from ((failed, Request(action=f"logs:{verb}", resource=arn)) for verb in _LOG)
