"""Whether the deployment group is there, releases this service, and moves the listeners that everything else reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .finding import Finding, doubtful, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .patient import Patient

CONTROLLER = "CODE_DEPLOY"


@dataclass(frozen=True)
class Route:
    """What a deployment group moves: the ARNs of its listeners, and the names of its target groups."""

    production: tuple[str, ...]
    test: tuple[str, ...]
    target_groups: tuple[str, ...]


def look(patient: Patient) -> Finding:
    """Ask CodeDeploy for the group and ECS for the service's controller."""
    return judge(patient.group(), patient.service(), patient.target, patient.apply)


def judge(group: Mapping[str, Any], service: Mapping[str, Any], target: ReleaseTarget, apply: str) -> Finding:
    """Compare the group with the service and with the release target."""
    name = f"{target.application}/{target.deployment_group}"
    if not group:
        return wrong(f"there is no deployment group {name}", f"{apply} makes it")
    controller = (service.get("deploymentController") or {}).get("type", "ECS")
    if controller != CONTROLLER:
        remedy = f"a service keeps its controller for life: {apply} has to make it again with {CONTROLLER}"
        return wrong(f"the deployment controller of {target.service} is {controller}, not {CONTROLLER}", remedy)
    pairs = [(one.get("clusterName"), one.get("serviceName")) for one in group.get("ecsServices", [])]
    if (target.cluster, target.service) not in pairs:
        listed = ", ".join(f"{cluster}/{service}" for cluster, service in pairs) or "no service"
        return wrong(f"{name} releases {listed}, not {target.cluster}/{target.service}", f"{apply} mends it")
    return _same_route(route(group), target, apply)


def route(group: Mapping[str, Any]) -> Route:
    """Read what the group moves."""
    pair = next(iter((group.get("loadBalancerInfo") or {}).get("targetGroupPairInfoList") or []), {})

    def listeners(of: str) -> tuple[str, ...]:
        return tuple((pair.get(of) or {}).get("listenerArns") or [])

    names = tuple(one.get("name", "") for one in pair.get("targetGroups") or [])
    return Route(listeners("prodTrafficRoute"), listeners("testTrafficRoute"), names)


def _same_route(found: Route, target: ReleaseTarget, apply: str) -> Finding:
    wanted = Route(
        tuple(filter(None, [target.production_listener])),
        tuple(filter(None, [target.test_listener])),
        target.target_groups,
    )
    same = {name: set(getattr(found, name)) == set(getattr(wanted, name)) for name in vars(wanted)}
    differing = [name.replace("_", " ") for name, is_same in same.items() if not is_same]
    anew = "`bluegreen target import`" if target.imported else apply
    if differing:
        return doubtful(
            f"the deployment group moves other things than the release target says: {', '.join(differing)}",
            f"what is shown of traffic may be wrong; {anew} writes it anew",
        )
    return sound(f"{target.application}/{target.deployment_group} releases {target.service}")
