"""Operations on deployment configurations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bluegreen.loopback.codedeploy.configuration import PREFIX, Configuration
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import configuration_name
from bluegreen.loopback.codedeploy.traffic import RoutingType, TrafficRouting

from .operation import Answer, Backend, Operation, Request, alone
from .paging import page

MOST_PERCENT = 99
MOST_MINUTES = 2880
MOST_OF_ACCOUNT = 200


@alone
def create_deployment_config(backend: Backend, request: Request) -> Answer:
    name = configuration_name(request)
    platform = request.get("computePlatform") or "Server"
    known = backend.ledger.configurations
    if name.startswith(PREFIX):
        raise Refusal("InvalidDeploymentConfigName", f"The name must not begin with {PREFIX}: {name}")
    if name in known:
        raise Refusal("DeploymentConfigAlreadyExists", f"A deployment configuration named {name} already exists")
    if sum(not one.predefined for one in known.values()) >= MOST_OF_ACCOUNT:
        raise Refusal("DeploymentConfigLimitExceeded", f"An account has at most {MOST_OF_ACCOUNT} of its own")
    if platform not in {"ECS", "Lambda"}:
        raise Refusal("InvalidComputePlatform", f"The loopback has no configurations for {platform}")
    if request.get("minimumHealthyHosts") is not None:
        raise Refusal("InvalidMinimumHealthyHostValue", f"minimumHealthyHosts is not for the platform {platform}")
    if request.get("zonalConfig"):
        raise Refusal("InvalidZonalDeploymentConfiguration", f"zonalConfig is not for the platform {platform}")
    routing = _routing(request.get("trafficRoutingConfig") or {})
    configuration = Configuration(name=name, platform=platform, routing=routing, created=backend.clock.now())
    known[name] = configuration
    return {"deploymentConfigId": configuration.id}


@alone
def get_deployment_config(backend: Backend, request: Request) -> Answer:
    return {"deploymentConfigInfo": backend.ledger.configuration(configuration_name(request)).describe()}


@alone
def list_deployment_configs(backend: Backend, request: Request) -> Answer:
    return page(list(backend.ledger.configurations), "deploymentConfigsList", request.get("nextToken"))


@alone
def delete_deployment_config(backend: Backend, request: Request) -> Answer:
    name = configuration_name(request)
    if name.startswith(PREFIX):
        raise Refusal("InvalidOperation", f"{name} is predefined and cannot be deleted")
    if any(group.fields["deploymentConfigName"] == name for group in backend.ledger.groups()):
        raise Refusal("DeploymentConfigInUse", f"A deployment group uses {name}")
    backend.ledger.configurations.pop(name, None)
    return {}


def _routing(given: Mapping[str, Any]) -> TrafficRouting:
    kind = given.get("type", RoutingType.ALL_AT_ONCE)
    wrong = {
        RoutingType.ALL_AT_ONCE: ("timeBasedCanary", "timeBasedLinear"),
        RoutingType.CANARY: ("timeBasedLinear",),
        RoutingType.LINEAR: ("timeBasedCanary",),
    }.get(kind)
    if wrong is None or any(given.get(key) for key in wrong):
        raise _invalid(f"the type {kind} does not go with {', '.join(sorted(given.keys() - {'type'}))}")
    if kind == RoutingType.ALL_AT_ONCE:
        return TrafficRouting()
    name = "Canary" if kind == RoutingType.CANARY else "Linear"
    steps = given.get(f"timeBased{name}") or {}
    percentage, minutes = steps.get(f"{name.lower()}Percentage"), steps.get(f"{name.lower()}Interval")
    return _checked(TrafficRouting(type=RoutingType(kind), percentage=percentage or 0, minutes=minutes or 0))


def _checked(routing: TrafficRouting) -> TrafficRouting:
    if not 1 <= routing.percentage <= MOST_PERCENT:
        raise _invalid(f"the percentage must be from 1 to {MOST_PERCENT}, not {routing.percentage}")
    waits = 1 if routing.type is RoutingType.CANARY else -(-100 // routing.percentage) - 1
    if routing.minutes < 1 or waits * routing.minutes > MOST_MINUTES:
        raise _invalid(f"the interval must be at least 1 minute and all of them at most {MOST_MINUTES}")
    return routing


def _invalid(reason: str) -> Refusal:
    return Refusal("InvalidTrafficRoutingConfiguration", f"The traffic routing configuration is invalid: {reason}")


OPERATIONS: tuple[Operation, ...] = (
    create_deployment_config,
    get_deployment_config,
    list_deployment_configs,
    delete_deployment_config,
)
