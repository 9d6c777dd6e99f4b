"""What the load balancer thinks of the replacement's targets, while they are there and in ECS's events after that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .step import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients

UNHEALTHY = "unhealthy"
TOLD = re.compile(r"\(port (\d+)\) is unhealthy in \(?target-group ([^)\s]+)\)? due to \(reason (.+?)\)\.?$")
"""ECS's event of a target that failed."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One target that is unhealthy; `code` is Elastic Load Balancing's reason code, where it is known."""

    port: int
    description: str
    address: str = ""
    code: str = ""

    @property
    def words(self) -> str:
        """Its reason, without the address, which changes with every task."""
        code = f" ({self.code})" if self.code else ""
        return f"{self.description or 'unhealthy'}{code} on port {self.port}"


def read(clients: Clients, target_group: str) -> tuple[Target, ...]:
    """Return the unhealthy targets of a target group, named by its ARN."""
    answer = clients.elbv2.describe_target_health(TargetGroupArn=target_group)
    found = [_parse(one) for one in answer.get("TargetHealthDescriptions", [])]
    return tuple(one for one in found if one)


def of_events(events: Iterable[str], target_group: str) -> tuple[Target, ...]:
    """Read what ECS told of the targets of a target group, named as in its ARN; any group where it has no name."""
    found = [TOLD.search(one) for one in events]
    told = [one for one in found if one and (not target_group or f"/{target_group}/" in one.group(2))]
    return tuple(Target(port=int(one.group(1)), description=one.group(3)) for one in told)


def next_step(unhealthy: Target, target: ReleaseTarget) -> str:
    """Say what to do about an unhealthy target."""
    code = unhealthy.code or _code_of(unhealthy.description)
    if code in ("", "Target.FailedHealthChecks"):
        return (
            f"make the program listen on port {unhealthy.port} of every interface (the task definition's container "
            f"port is {target.container_port}), and let the load balancer's security group reach it"
        )
    return NEXT_STEPS.get(code, UNKNOWN).fit(target)


NEXT_STEPS = {
    "Target.ResponseCodeMismatch": Step(
        "make the health check's path answer with a code that counts as healthy",
        ours="`path` and `matcher` under [health_check] in the settings",
    ),
    "Target.Timeout": Step(
        "let the load balancer's security group reach the port, and answer the health check sooner or give it longer",
        ours="`timeout` under [health_check] in the settings",
    ),
    "Elb.InternalError": Step("release again: the load balancer itself failed"),
    "Target.IpUnusable": Step("give the tasks subnets whose addresses the load balancer does not use itself"),
    "Target.InvalidState": Step("see that the tasks run"),
}
UNKNOWN = Step("look at the target group's health check, and mend what fails it")


def _code_of(description: str) -> str:
    if "with these codes" in description:
        return "Target.ResponseCodeMismatch"
    return "Target.Timeout" if "timed out" in description.lower() else ""


def _parse(one: Mapping[str, Any]) -> Target | None:
    health, target = one.get("TargetHealth") or {}, one.get("Target") or {}
    if health.get("State") != UNHEALTHY:
        return None
    return Target(
        port=int(target.get("Port") or 0),
        address=target.get("Id", ""),
        description=health.get("Description") or "",
        code=health.get("Reason") or "",
    )
