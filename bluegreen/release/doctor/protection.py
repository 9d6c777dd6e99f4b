"""What stands between a bad version and production traffic.

An all-at-once deployment begins the load balancer's health checks with production traffic, for a target group that no
listener uses: it is reported Succeeded with the application down, unless a hook or a test listener is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bluegreen.release import deployments

from . import deployment_group
from .finding import Finding, doubtful, sound

if TYPE_CHECKING:
    from .patient import Patient

ALL_AT_ONCE = "AllAtOnce"


@dataclass(frozen=True, kw_only=True)
class Guards:
    """What a deployment has to pass."""

    configuration: str
    is_all_at_once: bool
    hooks: tuple[str, ...]
    has_test_listener: bool
    has_alarms: bool


def look(patient: Patient) -> Finding:
    """Read the deployment configuration and what the group has."""
    codedeploy, group = patient.clients.codedeploy, patient.group()
    name = patient.wanted.configuration or group.get("deploymentConfigName", "")
    if patient.wanted.configuration:
        deployments.check_configuration(codedeploy, name)
    info = codedeploy.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"] if name else {}
    routing = info.get("trafficRoutingConfig") or {}
    return judge(
        Guards(
            configuration=name,
            is_all_at_once=routing.get("type", ALL_AT_ONCE) == ALL_AT_ONCE,
            hooks=patient.target.hooks,
            has_test_listener=bool(deployment_group.route(group).test),
            has_alarms=bool((group.get("alarmConfiguration") or {}).get("enabled")),
        )
    )


def judge(guards: Guards) -> Finding:
    """Say what protects, or that nothing does."""
    listed = [f"the hook at {', '.join(guards.hooks)}"] if guards.hooks else []
    listed += ["health checks through the test listener"] if guards.has_test_listener else []
    listed += ["health checks before the first shift"] if not guards.is_all_at_once else []
    listed += ["alarms"] if guards.has_alarms else []
    if not (guards.hooks or guards.has_test_listener) and guards.is_all_at_once:
        return doubtful(
            f"{guards.configuration} with neither hook nor test listener: health checks begin with production traffic, "
            f"and a version that fails them is reported Succeeded{'; only alarms can stop it' * guards.has_alarms}",
            "give the deployment group a test listener and a hook, or release by canary or linear (`--config`)",
        )
    return sound(f"{guards.configuration}: {', '.join(listed)}")
