"""Deployment configurations: the seventeen of AWS, and those of the account."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from .traffic import ALL_AT_ONCE, RoutingType, TrafficRouting

PREFIX = "CodeDeployDefault."
ECS_ALL_AT_ONCE = f"{PREFIX}ECSAllAtOnce"


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """A named traffic routing of one compute platform; those of platform `Server` are kept for their names only."""

    name: str
    platform: str
    routing: TrafficRouting = ALL_AT_ONCE
    created: float = 0.0
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def predefined(self) -> bool:
        return self.name.startswith(PREFIX)

    def describe(self) -> dict[str, Any]:
        """Return the DeploymentConfigInfo of the API."""
        described = {
            "deploymentConfigId": self.id,
            "deploymentConfigName": self.name,
            "createTime": self.created,
            "computePlatform": self.platform,
        }
        if self.platform == "Server":
            return {**described, "minimumHealthyHosts": {"type": "HOST_COUNT", "value": 0}}
        return {**described, "trafficRoutingConfig": _describe(self.routing)}


def _describe(routing: TrafficRouting) -> dict[str, Any]:
    described: dict[str, Any] = {"type": routing.type}
    if routing.type is RoutingType.CANARY:
        described["timeBasedCanary"] = {
            "canaryPercentage": routing.percentage,
            "canaryInterval": routing.minutes,
        }
    if routing.type is RoutingType.LINEAR:
        described["timeBasedLinear"] = {
            "linearPercentage": routing.percentage,
            "linearInterval": routing.minutes,
        }
    return described


def predefined() -> dict[str, Configuration]:
    """Return AWS's configurations by name.

    The name of Lambda's fastest linear one has `1Minute`, that of ECS `1Minutes`: AWS spells them so.
    """
    server = [
        Configuration(name=f"{PREFIX}{name}", platform="Server") for name in ("OneAtATime", "HalfAtATime", "AllAtOnce")
    ]
    ecs = [
        _named("ECS", "AllAtOnce", ALL_AT_ONCE),
        *(_linear("ECS", minutes, "Minutes") for minutes in (1, 3)),
        *(_canary("ECS", minutes) for minutes in (5, 15)),
    ]
    functions = [
        _named("Lambda", "AllAtOnce", ALL_AT_ONCE),
        *(_linear("Lambda", minutes, "Minute" if minutes == 1 else "Minutes") for minutes in (1, 2, 3, 10)),
        *(_canary("Lambda", minutes) for minutes in (5, 10, 15, 30)),
    ]
    return {configuration.name: configuration for configuration in (*server, *ecs, *functions)}


def _named(platform: str, name: str, routing: TrafficRouting) -> Configuration:
    return Configuration(name=f"{PREFIX}{platform}{name}", platform=platform, routing=routing)


def _linear(platform: str, minutes: int, unit: str) -> Configuration:
    routing = TrafficRouting(type=RoutingType.LINEAR, percentage=10, minutes=minutes)
    return _named(platform, f"Linear10PercentEvery{minutes}{unit}", routing)


def _canary(platform: str, minutes: int) -> Configuration:
    routing = TrafficRouting(type=RoutingType.CANARY, percentage=10, minutes=minutes)
    return _named(platform, f"Canary10Percent{minutes}Minutes", routing)
