"""The task definition: the template that every release takes its revision from, its roles and its log group."""

from __future__ import annotations

import json

from cdktf_cdktf_provider_aws.data_aws_ecr_repository import DataAwsEcrRepository
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from constructs import Construct

from bluegreen.settings import Settings

from . import container_secrets
from .account import Account
from .api_variables import api_variables
from .iam_policy import Statement, allow, allow_everywhere
from .log_group import log_group
from .names import Names
from .service_role import ServiceRole

ECS_TASKS = "ecs-tasks.amazonaws.com"


class Task(Construct):
    """One container on Fargate, which may write nothing but its log."""

    def __init__(
        self, scope: Construct, id_: str, *, repository: DataAwsEcrRepository, account: Account, settings: Settings
    ) -> None:
        super().__init__(scope, id_)
        self._settings, self._repository, self._account = settings, repository, account
        self.log_group = log_group(self, "log-group", name=Names.of(settings).task_log_group, settings=settings)
        self.execution_role = ServiceRole(
            self, "execution", name=f"{settings.prefix}-execution", service=ECS_TASKS, statements=self._to_start()
        )
        # The API calls no AWS service.
        self.task_role = ServiceRole(self, "task", name=f"{settings.prefix}-task", service=ECS_TASKS)
        self.definition = self._definition()

    def _to_start(self) -> tuple[Statement, ...]:
        pull = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
        return (
            allow_everywhere("ecr:GetAuthorizationToken"),
            allow(*pull, on=[self._repository.arn]),
            allow("logs:CreateLogStream", "logs:PutLogEvents", on=[f"{self.log_group.arn}:*"]),
            *container_secrets.to_read(self._settings, self._account),
        )

    def _definition(self) -> EcsTaskDefinition:
        return EcsTaskDefinition(
            self,
            "definition",
            family=self._settings.family,
            cpu=str(self._settings.task.cpu),
            memory=str(self._settings.task.memory),
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            runtime_platform={"cpu_architecture": self._settings.architecture, "operating_system_family": "LINUX"},
            execution_role_arn=self.execution_role.arn,
            task_role_arn=self.task_role.arn,
            container_definitions=json.dumps([self._container()]),
            # A roll-back may need the revision that a change of the template replaces.
            skip_destroy=True,
        )

    def _container(self) -> dict[str, object]:
        task = self._settings.task
        return {
            "name": task.container_name,
            "image": f"{self._repository.repository_url}:{self._settings.image_tag}",
            "essential": True,
            "cpu": task.container_cpu,
            "memoryReservation": task.memory_reservation,
            "user": task.user,
            "readonlyRootFilesystem": True,
            "stopTimeout": task.stop_timeout,
            "environment": self._environment(),
            **({"secrets": secrets} if (secrets := container_secrets.secrets(self._settings, self._account)) else {}),
            "portMappings": [self._port()],
            "logConfiguration": {"logDriver": "awslogs", "options": self._log_options()},
        }

    def _environment(self) -> list[dict[str, str]]:
        variables = api_variables(self._settings) | self._settings.task.environment
        # In the order that ECS answers with: any other would be a difference to every plan.
        return [{"name": name, "value": variables[name]} for name in sorted(variables)]

    def _port(self) -> dict[str, object]:
        port = self._settings.task.container_port
        return {"name": "web", "containerPort": port, "hostPort": port, "protocol": "tcp", "appProtocol": "http"}

    def _log_options(self) -> dict[str, str]:
        return {
            "awslogs-group": self.log_group.name,
            "awslogs-region": self._settings.region,
            "awslogs-stream-prefix": self._settings.task.log_stream_prefix,
        }
