"""Whether both target groups are there and belong to the production listener's load balancer, or to none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .finding import Finding, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Ask the load balancer for them by name."""
    listener = patient.listeners().get(patient.target.production_listener) or {}
    found = {name: one for name in patient.target.target_groups for one in _read(patient, name)}
    return judge(patient.target.target_groups, found, listener.get("LoadBalancerArn", ""), patient.apply)


def judge(names: tuple[str, ...], found: Mapping[str, Any], balancer: str, apply: str) -> Finding:
    """Judge them; the idle one may have no listener until CodeDeploy points one at it."""
    absent = [name for name in names if name not in found]
    if absent:
        return wrong(f"there is no target group {' and no '.join(absent)}", f"{apply} makes it again")
    for name, one in found.items():
        if one.get("TargetType") != "ip":
            words = f"{name} takes targets by {one.get('TargetType')}, tasks with a network of their own need ip"
            return wrong(words, "its type cannot be changed: replace it")
        others = set(one.get("LoadBalancerArns", [])) - {balancer}
        if balancer and others:
            listed = ", ".join(sorted(arn.rpartition(":loadbalancer/")[2] for arn in others))
            return wrong(f"{name} is behind another load balancer: {listed}", "take it away there")
    return sound(f"{' and '.join(names)}")


def _read(patient: Patient, name: str) -> list[Any]:
    elbv2 = patient.clients.elbv2
    try:  # one at a time: of two, a missing one hides the other
        return list(elbv2.describe_target_groups(Names=[name])["TargetGroups"])
    except elbv2.exceptions.TargetGroupNotFoundException:
        return []
