"""Where the listeners send traffic now, and to which revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .revision import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients


@dataclass(frozen=True)
class Share:
    """One target group's part of a listener's traffic; `revision` is empty when no task set is behind it."""

    target_group: str
    percent: float
    revision: str

    def __str__(self) -> str:
        return f"{self.percent:g} % to {self.revision or 'nothing'} ({self.target_group})"


def read(clients: Clients, target: ReleaseTarget, service: Mapping[str, Any]) -> tuple[Share, ...]:
    """Return what the production listener does now, largest share first."""
    return of_listener(clients, target.production_listener, service)


def of_listener(clients: Clients, listener: str, service: Mapping[str, Any]) -> tuple[Share, ...]:
    """Return what a listener, named by its ARN, does now, largest share first."""
    return shares(actions_of(clients, listener), revisions_by_target_group(service))


def actions_of(clients: Clients, listener: str) -> list[Any]:
    """Return the default actions of a listener, named by its ARN."""
    found = clients.elbv2.describe_listeners(ListenerArns=[listener])
    return [action for one in found["Listeners"] for action in one.get("DefaultActions", [])]


def shares(actions: list[Any], revisions: Mapping[str, str]) -> tuple[Share, ...]:
    """Turn a listener's forward action into shares; target groups at weight 0 get none."""
    weights: dict[str, float] = {}
    for action in actions:
        alone = [{"TargetGroupArn": action["TargetGroupArn"], "Weight": 1}] if action.get("TargetGroupArn") else []
        groups: list[Any] = (action.get("ForwardConfig") or {}).get("TargetGroups") or alone
        weights.update({one["TargetGroupArn"]: float(one.get("Weight") or 0) for one in groups})
    total = sum(weights.values()) or 1
    found = [Share(group_name(arn), 100 * one / total, revisions.get(arn, "")) for arn, one in weights.items() if one]
    return tuple(sorted(found, key=lambda share: -share.percent))


def revisions_by_target_group(service: Mapping[str, Any]) -> dict[str, str]:
    """Map the target group's ARN of every task set to `family:revision`."""
    return {
        balancer["targetGroupArn"]: short_name(task_set["taskDefinition"])
        for task_set in service.get("taskSets", [])
        for balancer in task_set.get("loadBalancers", [])
        if balancer.get("targetGroupArn")
    }


def group_name(target_group_arn: str) -> str:
    """Return the name of a target group."""
    parts = target_group_arn.split("/")
    return parts[1] if len(parts) > 1 else target_group_arn
