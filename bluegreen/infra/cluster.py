"""The ECS cluster."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster, EcsClusterSetting
from constructs import Construct

from bluegreen.settings import Settings

from .names import Names


def cluster(scope: Construct, id_: str, *, settings: Settings) -> EcsCluster:
    insights = "enabled" if settings.container_insights else "disabled"
    return EcsCluster(
        scope,
        id_,
        name=Names.of(settings).cluster,
        setting=[EcsClusterSetting(name="containerInsights", value=insights)],
    )
