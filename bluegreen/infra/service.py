"""The ECS service, whose revisions CodeDeploy changes."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceLoadBalancer
from constructs import Construct

from bluegreen.settings import Settings

from . import owned_by_releases
from .load_balancer import LoadBalancer
from .names import Names
from .task import Task


def service(
    scope: Construct,
    *,
    cluster: EcsCluster,
    task: Task,
    load_balancer: LoadBalancer,
    subnet_ids: Sequence[str],
    security_group_id: str,
    settings: Settings,
    after: Sequence[ITerraformDependable],
) -> EcsService:
    """Return the service; `after` is what its first task needs to start, and what must outlive its last."""
    blue = EcsServiceLoadBalancer(
        target_group_arn=load_balancer.blue.arn,
        container_name=settings.task.container_name,
        container_port=settings.task.container_port,
    )
    return EcsService(
        scope,
        "service",
        name=Names.of(settings).service,
        cluster=cluster.arn,
        task_definition=task.definition.arn,
        desired_count=settings.service.desired_count,
        launch_type="FARGATE",
        platform_version="LATEST",
        deployment_controller={"type": "CODE_DEPLOY"},
        load_balancer=[blue],
        network_configuration={
            "subnets": list(subnet_ids),
            "security_groups": [security_group_id],
            "assign_public_ip": False,
        },
        health_check_grace_period_seconds=settings.service.health_check_grace_period,
        # Task sets of a running or stopped release would make ECS refuse the deletion.
        force_delete=True,
        # ECS refuses a target group that no listener uses.
        depends_on=[load_balancer.production_listener, load_balancer.test_listener, *after],
        lifecycle=TerraformResourceLifecycle(ignore_changes=_owned_by_others(settings)),
    )


def _owned_by_others(settings: Settings) -> list[str]:
    return owned_by_releases.SCALED_SERVICE if settings.autoscaling.enabled else owned_by_releases.SERVICE
