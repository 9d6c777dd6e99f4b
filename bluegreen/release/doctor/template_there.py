"""Whether the task definition that a release copies is there, active, and has the container that gets the traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bluegreen.release.errors import ReleaseError
from bluegreen.release.revision import short_name

from .finding import Finding, doubtful, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Ask ECS."""
    try:
        found = patient.template()
    except ReleaseError as error:
        return wrong(str(error), f"{patient.apply} registers it again")
    return judge(found, patient.target, patient.apply)


def judge(template: Mapping[str, Any], target: ReleaseTarget, apply: str) -> Finding:
    """Judge it as the load balancer and RegisterTaskDefinition will."""
    name = short_name(template.get("taskDefinitionArn", ""))
    containers = {one["name"]: one for one in template.get("containerDefinitions", [])}
    container = containers.get(target.container_name)
    if container is None:
        return wrong(
            f"the template {name} has no container {target.container_name}, it has: {', '.join(containers)}",
            f"{apply} mends it",
        )
    ports = [one.get("containerPort") for one in container.get("portMappings", [])]
    if target.container_port not in ports:
        listed = ", ".join(map(str, ports)) or "none"
        return wrong(
            f"{target.container_name} of {name} maps no port {target.container_port}, it maps: {listed}",
            f"{apply} mends it",
        )
    if template.get("status") not in (None, "ACTIVE"):
        return doubtful(
            f"the template {name} is {template['status']}: somebody deregistered it",
            f"a release copies it all the same; {apply} registers one that is meant to be used",
        )
    return sound(f"{name} is {template.get('status', 'ACTIVE')}")
