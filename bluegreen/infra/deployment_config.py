"""How production traffic is shifted: a configuration that AWS has, or one of the settings' own values."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.codedeploy_deployment_config import CodedeployDeploymentConfig
from constructs import Construct

from bluegreen.settings import Settings
from bluegreen.settings.traffic_shift import TrafficShift, own


def deployment_config(scope: Construct, id_: str, *, settings: Settings) -> str:
    """Return the configuration's name, after making it where AWS has none of that name."""
    config = settings.release.config
    shift = own(config)
    if shift is None:
        return config
    made = CodedeployDeploymentConfig(
        scope,
        id_,
        # CodeDeploy changes no configuration and deletes none in use: other values are another name, made first.
        deployment_config_name=f"{settings.prefix}-{config}",
        compute_platform="ECS",
        traffic_routing_config=_routing(shift),
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )
    return made.deployment_config_name


def _routing(shift: TrafficShift) -> dict[str, object]:
    step = {"percentage": shift.percent, "interval": shift.minutes}
    if shift.linear:
        return {"type": "TimeBasedLinear", "time_based_linear": step}
    return {"type": "TimeBasedCanary", "time_based_canary": step}
