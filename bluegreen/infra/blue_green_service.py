"""One service: load balancer, task, hook, release control, its routes of the HTTP API, and its release target."""

from __future__ import annotations

from pathlib import Path

from cdktf_cdktf_provider_aws.data_aws_ecr_repository import DataAwsEcrRepository
from constructs import Construct

from bluegreen.release_target import ReleaseTarget
from bluegreen.settings import Settings

from .alarms import Alarms
from .api_gateway import ApiGateway
from .autoscaling import Autoscaling
from .deployment import Deployment
from .deployment_role import deployment_role
from .ground import Ground
from .hook import Hook
from .hook_role import HookRole
from .load_balancer import LoadBalancer
from .names import Names
from .security_groups import ServiceGroups
from .service import service
from .target_parameter import target_parameter
from .task import Task


class BlueGreenService:
    """What one service has for itself, built into the scope that it is given."""

    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        hook_role: HookRole,
        hook_archive: Path | None,
        api: ApiGateway,
        settings: Settings,
    ) -> None:
        self.name = settings.service_name
        self._scope, self._ground, self._settings = scope, ground, settings
        self._within(hook_role, hook_archive)
        self._released()
        api.lead(scope, listener_arn=self._load_balancer.production_listener.arn, settings=settings)
        target = self._release_target(api.url)
        self.parameter = target_parameter(scope, "release-target", target=target)

    def _within(self, hook_role: HookRole, hook_archive: Path | None) -> None:
        scope, settings, network = self._scope, self._settings, self._ground.network
        self._repository = DataAwsEcrRepository(scope, "repository", name=settings.repository)
        self._groups = groups = ServiceGroups(
            scope,
            "service-groups",
            vpc_id=network.vpc.id,
            shared=self._ground.groups,
            hook_after=hook_role.policies,
            settings=settings,
        )
        self._load_balancer = LoadBalancer(
            scope,
            "balancer",
            network=network,
            security_group_id=groups.load_balancer.id,
            account=self._ground.account,
            settings=settings,
        )
        self._task = Task(scope, "task", repository=self._repository, account=self._ground.account, settings=settings)
        self._hook = Hook(
            scope,
            "hook",
            archive=hook_archive,
            url=self._load_balancer.hook_url,
            subnet_ids=network.private.subnet_ids,
            security_group_id=groups.hook.id,
            role=hook_role,
            settings=settings,
        )

    def _released(self) -> None:
        scope, settings, ground, balancer = self._scope, self._settings, self._ground, self._load_balancer
        self._service = service(
            scope,
            cluster=ground.cluster,
            task=self._task,
            load_balancer=balancer,
            subnet_ids=ground.network.private.subnet_ids,
            security_group_id=self._groups.tasks.id,
            settings=settings,
            after=[*ground.egress, *self._task.execution_role.policies],
        )
        if settings.autoscaling.enabled:
            Autoscaling(scope, "autoscaling", cluster=ground.cluster, service=self._service, settings=settings)
        role = deployment_role(
            scope,
            "deployment-role",
            cluster_arn=ground.cluster.arn,
            task=self._task,
            load_balancer=balancer,
            hook=self._hook,
            account=ground.account,
            settings=settings,
        )
        Deployment(
            scope,
            "deployment",
            cluster=ground.cluster,
            service=self._service,
            load_balancer=balancer,
            role=role,
            alarms=[*self._alarms(), *settings.alarms.extra],
            settings=settings,
        )

    def _alarms(self) -> list[str]:
        if not self._settings.alarms.enabled:
            return []
        return Alarms(self._scope, "alarms", load_balancer=self._load_balancer, settings=self._settings).names

    def _release_target(self, api_url: str) -> ReleaseTarget:
        settings, names, balancer = self._settings, Names.of(self._settings), self._load_balancer
        return ReleaseTarget(
            environment=settings.name,
            service_name=settings.service_name,
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
            api_url=api_url,
            subnets=tuple(self._ground.network.private.subnet_ids),
            security_groups=(self._groups.tasks.id,),
            architecture=settings.architecture,
            records_bucket=self._ground.records_bucket,
        )
