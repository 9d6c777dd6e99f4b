"""What a deployment was started with: the group's settings and the call's overrides, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .traffic import ALL_AT_ONCE, TrafficRouting

FAILURE = "DEPLOYMENT_FAILURE"
STOP_ON_ALARM = "DEPLOYMENT_STOP_ON_ALARM"
STOP_ON_REQUEST = "DEPLOYMENT_STOP_ON_REQUEST"
ROLLBACK_EVENTS = (FAILURE, STOP_ON_ALARM, STOP_ON_REQUEST)

Fields = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Alarms:
    """The names of the alarms to watch; none where watching is off."""

    names: tuple[str, ...] = ()
    ignore_failures: bool = False


NO_ALARMS = Alarms()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Waits are AWS minutes; `ready_wait` is None where the deployment goes on by itself."""

    cluster: str
    service: str
    role_arn: str
    target_groups: tuple[str, ...]
    production_listener: str
    test_listener: str | None = None
    routing: TrafficRouting = ALL_AT_ONCE
    rollback_events: frozenset[str] = frozenset()
    alarms: Alarms = NO_ALARMS
    ready_wait: float | None = None
    termination_wait: float = 0.0

    @property
    def target_id(self) -> str:
        """The only deployment target of an ECS deployment."""
        return f"{self.cluster}:{self.service}"


def terms(fields: Fields, routing: TrafficRouting, overrides: Fields) -> Terms:
    """Read the group's `fields` (checked already), with the overrides of CreateDeployment in their place."""
    service = fields["ecsServices"][0]
    pair = fields["loadBalancerInfo"]["targetGroupPairInfoList"][0]
    blue_green = fields["blueGreenDeploymentConfiguration"]
    ready = blue_green["deploymentReadyOption"]
    return Terms(
        cluster=service["clusterName"],
        service=service["serviceName"],
        role_arn=fields["serviceRoleArn"],
        target_groups=tuple(group["name"] for group in pair["targetGroups"]),
        production_listener=pair["prodTrafficRoute"]["listenerArns"][0],
        test_listener=next(iter(pair.get("testTrafficRoute", {}).get("listenerArns", [])), None),
        routing=routing,
        rollback_events=_events(overrides.get("autoRollbackConfiguration", fields.get("autoRollbackConfiguration"))),
        alarms=_alarms(overrides.get("overrideAlarmConfiguration", fields.get("alarmConfiguration"))),
        ready_wait=ready["waitTimeInMinutes"] if ready["actionOnTimeout"] == "STOP_DEPLOYMENT" else None,
        termination_wait=blue_green["terminateBlueInstancesOnDeploymentSuccess"]["terminationWaitTimeInMinutes"],
    )


def _events(configuration: Fields | None) -> frozenset[str]:
    if not configuration or not configuration.get("enabled"):
        return frozenset()
    return frozenset(configuration.get("events", []))


def _alarms(configuration: Fields | None) -> Alarms:
    if not configuration or not configuration.get("enabled"):
        return NO_ALARMS
    names = tuple(alarm["name"] for alarm in configuration.get("alarms", []))
    return Alarms(names=names, ignore_failures=bool(configuration.get("ignorePollAlarmFailure")))
