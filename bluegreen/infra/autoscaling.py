"""A service that is scaled by its load.

By CPU and memory, which are the service's. Requests per target would be those of one target group, and which of the two
is live changes with every release. While a release runs, both of its task sets have the number of tasks aimed at.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService
from constructs import Construct

from bluegreen.settings import Settings

_Metric = AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification


class Autoscaling(Construct):
    """The bounds of a service, and a policy for each metric that is aimed at."""

    def __init__(
        self, scope: Construct, id_: str, *, cluster: EcsCluster, service: EcsService, settings: Settings
    ) -> None:
        super().__init__(scope, id_)
        self._settings = settings
        self._target = AppautoscalingTarget(
            self,
            "target",
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=f"service/{cluster.name}/{service.name}",
            min_capacity=settings.autoscaling.minimum,
            max_capacity=settings.autoscaling.maximum,
        )
        for metric, percent in (("CPU", settings.autoscaling.cpu), ("Memory", settings.autoscaling.memory)):
            if percent:
                self._policy(metric, percent)

    def _policy(self, metric: str, percent: int) -> None:
        AppautoscalingPolicy(
            self,
            metric.lower(),
            name=f"{self._settings.prefix}-{metric.lower()}",
            policy_type="TargetTrackingScaling",
            service_namespace=self._target.service_namespace,
            scalable_dimension=self._target.scalable_dimension,
            resource_id=self._target.resource_id,
            target_tracking_scaling_policy_configuration={
                "target_value": percent,
                "scale_out_cooldown": self._settings.autoscaling.scale_out_cooldown,
                "scale_in_cooldown": self._settings.autoscaling.scale_in_cooldown,
                "predefined_metric_specification": _Metric(
                    predefined_metric_type=f"ECSServiceAverage{metric}Utilization"
                ),
            },
        )
