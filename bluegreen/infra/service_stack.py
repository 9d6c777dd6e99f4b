"""The stack of one environment, from the inside out: network, service, release control, public door."""

from __future__ import annotations

from pathlib import Path

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_ecr_repository import DataAwsEcrRepository
from constructs import Construct

from bluegreen.release_target import ReleaseTarget
from bluegreen.settings import Settings

from . import aws_provider
from .account import Account
from .api_gateway import ApiGateway
from .cluster import cluster
from .deployment import Deployment
from .deployment_role import deployment_role
from .hook import Hook
from .hook_role import HookRole
from .load_balancer import LoadBalancer
from .names import Names
from .network import Network
from .security_groups import SecurityGroups
from .service import service
from .target_parameter import target_parameter
from .task import Task
from .vpc_endpoints import VpcEndpoints


class ServiceStack(TerraformStack):
    """Everything that one environment has for itself."""

    def __init__(self, scope: Construct, *, settings: Settings, hook_archive: Path | None) -> None:
        super().__init__(scope, settings.name)
        self._settings = settings
        tags = aws_provider.tags(project=settings.project, environment=settings.name)
        aws_provider.configure(self, name=settings.name, region=settings.region, tags=tags)
        self._within(hook_archive)
        self._around()
        self._published()

    def _within(self, hook_archive: Path | None) -> None:
        settings = self._settings
        self._account = Account(self, "account", region=settings.region)
        self._repository = DataAwsEcrRepository(self, "repository", name=settings.repository)
        hook_role = HookRole(self, "hook-role", account=self._account, settings=settings)
        policies = hook_role.policies
        self._network = network = Network(self, "network", private_after=policies, settings=settings)
        self._groups = groups = SecurityGroups(
            self, "groups", vpc_id=network.vpc.id, hook_after=policies, settings=settings
        )
        self._endpoints = VpcEndpoints(
            self, "endpoints", network=network, security_group_id=groups.endpoints.id, settings=settings
        )
        self._load_balancer = LoadBalancer(
            self, "balancer", network=network, security_group_id=groups.load_balancer.id, settings=settings
        )
        self._task = Task(self, "task", repository=self._repository, settings=settings)
        self._hook = Hook(
            self,
            "hook",
            archive=hook_archive,
            test_url=self._load_balancer.test_url,
            subnet_ids=network.private.subnet_ids,
            security_group_id=groups.hook.id,
            role=hook_role,
            settings=settings,
        )

    def _around(self) -> None:
        settings, balancer = self._settings, self._load_balancer
        self._cluster = cluster(self, "cluster", settings=settings)
        self._service = service(
            self,
            cluster=self._cluster,
            task=self._task,
            load_balancer=balancer,
            subnet_ids=self._network.private.subnet_ids,
            security_group_id=self._groups.tasks.id,
            settings=settings,
            after=[*self._network.egress, *self._endpoints.all, *self._task.execution_role.policies],
        )
        role = deployment_role(
            self,
            "deployment-role",
            cluster_arn=self._cluster.arn,
            task=self._task,
            load_balancer=balancer,
            hook=self._hook,
            account=self._account,
            settings=settings,
        )
        self._deployment = Deployment(
            self,
            "deployment",
            cluster=self._cluster,
            service=self._service,
            load_balancer=balancer,
            role=role,
            settings=settings,
        )
        self._api = ApiGateway(
            self,
            "api",
            listener_arn=balancer.production_listener.arn,
            subnet_ids=self._network.private.subnet_ids,
            security_group_id=self._groups.link.id,
            settings=settings,
        )

    def _published(self) -> None:
        parameter = target_parameter(self, "release-target", target=self._release_target())
        TerraformOutput(self, "api_url", value=self._api.url)
        TerraformOutput(self, "release_target_parameter", value=parameter.name)

    def _release_target(self) -> ReleaseTarget:
        settings, names, balancer = self._settings, Names.of(self._settings), self._load_balancer
        return ReleaseTarget(
            environment=settings.name,
            region=settings.region,
            cluster=names.cluster,
            service=names.service,
            application=names.application,
            deployment_group=names.deployment_group,
            task_definition=self._task.definition.arn,
            container_name=settings.task.container_name,
            container_port=settings.task.container_port,
            repository=self._repository.repository_url,
            hook_function=self._hook.arn,
            hooks=settings.release.hooks,
            production_listener=balancer.production_listener.arn,
            test_listener=balancer.test_listener.arn,
            target_groups=(names.target_group("blue"), names.target_group("green")),
            log_group=names.task_log_group,
            hook_log_group=names.hook_log_group,
            api_url=self._api.url,
            subnets=tuple(self._network.private.subnet_ids),
            security_groups=(self._groups.tasks.id,),
            architecture=settings.architecture,
        )
