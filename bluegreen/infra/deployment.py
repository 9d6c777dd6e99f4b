"""Release control: the CodeDeploy application and its deployment group."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.codedeploy_app import CodedeployApp
from cdktf_cdktf_provider_aws.codedeploy_deployment_group import (
    CodedeployDeploymentGroup,
    CodedeployDeploymentGroupLoadBalancerInfoTargetGroupPairInfoTargetGroup,
)
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService
from constructs import Construct

from bluegreen.settings import Settings

from .deployment_config import deployment_config
from .load_balancer import LoadBalancer
from .names import Names
from .notifications import triggers
from .service_role import ServiceRole

ROLLBACK_EVENTS = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM"]

_TargetGroup = CodedeployDeploymentGroupLoadBalancerInfoTargetGroupPairInfoTargetGroup


class Deployment(Construct):
    """How a release goes: which listeners are moved between which target groups, and when it is taken back."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster: EcsCluster,
        service: EcsService,
        load_balancer: LoadBalancer,
        role: ServiceRole,
        alarms: Sequence[str],
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        names = Names.of(settings)
        self.application = CodedeployApp(self, "application", name=names.application, compute_platform="ECS")
        self.group = CodedeployDeploymentGroup(
            self,
            "group",
            app_name=self.application.name,
            deployment_group_name=names.deployment_group,
            service_role_arn=role.arn,
            deployment_config_name=deployment_config(self, "config", settings=settings),
            deployment_style={"deployment_type": "BLUE_GREEN", "deployment_option": "WITH_TRAFFIC_CONTROL"},
            ecs_service={"cluster_name": cluster.name, "service_name": service.name},
            load_balancer_info={"target_group_pair_info": _pair(load_balancer)},
            blue_green_deployment_config=_waits(settings),
            auto_rollback_configuration={"enabled": True, "events": ROLLBACK_EVENTS},
            alarm_configuration={"enabled": True, "alarms": list(alarms)} if alarms else None,
            trigger_configuration=triggers(settings),
            # CodeDeploy takes the role and reads the service while the group is made.
            depends_on=role.policies,
        )


def _pair(load_balancer: LoadBalancer) -> dict[str, object]:
    return {
        "target_group": [_TargetGroup(name=load_balancer.blue.name), _TargetGroup(name=load_balancer.green.name)],
        "prod_traffic_route": {"listener_arns": [load_balancer.production_listener.arn]},
        "test_traffic_route": {"listener_arns": [load_balancer.test_listener.arn]},
    }


def _waits(settings: Settings) -> dict[str, object]:
    release = settings.release
    ready = {"action_on_timeout": "STOP_DEPLOYMENT", "wait_time_in_minutes": release.ready_wait}
    terminate = {"action": "TERMINATE", "termination_wait_time_in_minutes": release.termination_wait}
    return {
        # A time is refused together with CONTINUE_DEPLOYMENT.
        "deployment_ready_option": ready if release.ready_wait else {"action_on_timeout": "CONTINUE_DEPLOYMENT"},
        "terminate_blue_instances_on_deployment_success": terminate,
    }
