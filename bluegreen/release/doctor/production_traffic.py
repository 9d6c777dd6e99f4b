"""Whether the production listener points at the primary task set's target group.

CodeDeploy fails the next deployment otherwise: "Primary taskset target group must be behind listener".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .finding import Finding, doubtful, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .patient import Patient


@dataclass(frozen=True)
class Behind:
    """What the production listener forwards to, by target group; weights are shares of its default action."""

    primary: str
    """ARN of the primary task set's target group; empty when that cannot be seen."""
    weights: Mapping[str, float]
    by_rules: frozenset[str] = frozenset()
    """Target groups that only a rule forwards to."""


def look(patient: Patient) -> Finding:
    """Read the listener's default action, and its rules only where that does not reach the primary."""
    arn, options = patient.target.production_listener, patient.options
    listener = patient.listeners().get(arn)
    if listener is None:
        return sound("there is no production listener to look at")
    found = Behind(primary(patient.service()), _weights(listener.get("DefaultActions", [])))
    if found.primary and found.primary not in found.weights:
        found = Behind(found.primary, found.weights, _by_rules(patient, arn))
    return judge(found, arn, options)


def judge(behind: Behind, listener: str, options: str) -> Finding:
    """Object when a deployment would not begin; doubt a share that goes past the primary."""
    name = _name(behind.primary)
    if not behind.primary:
        return sound("the service has no primary task set: no target group has to be behind the listener")
    if behind.primary not in behind.weights and behind.primary not in behind.by_rules:
        return wrong(
            f"the production listener forwards to {_listed(behind.weights)}, not to {name} of the live tasks: "
            "CodeDeploy refuses a deployment (Primary taskset target group must be behind listener)",
            f"`aws elbv2 modify-listener --listener-arn {listener} "
            f"--default-actions Type=forward,TargetGroupArn={behind.primary}` points it there",
        )
    past = {arn: weight for arn, weight in behind.weights.items() if weight and arn != behind.primary}
    if past and behind.primary in behind.weights:
        return doubtful(
            f"production traffic does not go to the live tasks alone: {_listed(behind.weights)}, live is {name}",
            f"`bluegreen status {options}` shows where it goes; a deployment moves it all",
        )
    return sound(f"production traffic goes to {name}, which the live tasks are in")


def primary(service: Mapping[str, Any]) -> str:
    """Return the ARN of the primary task set's target group, empty when there is none."""
    groups = (
        balancer.get("targetGroupArn", "")
        for one in service.get("taskSets", [])
        if one.get("status") == "PRIMARY"
        for balancer in one.get("loadBalancers", [])
    )
    return next(groups, "")


def _weights(actions: list[Any]) -> dict[str, float]:
    """Map each target group to its weight; one at weight 0 is behind the listener too."""
    weights: dict[str, float] = {}
    for action in actions:
        if action.get("TargetGroupArn"):
            weights[action["TargetGroupArn"]] = 1.0
        for one in (action.get("ForwardConfig") or {}).get("TargetGroups") or []:
            weights[one["TargetGroupArn"]] = float(one.get("Weight") or 0)
    return weights


def _by_rules(patient: Patient, listener: str) -> frozenset[str]:
    pages = patient.clients.elbv2.get_paginator("describe_rules").paginate(ListenerArn=listener)
    rules = [rule for page in pages for rule in page["Rules"]]
    actions = [action for rule in rules if not rule.get("IsDefault") for action in rule.get("Actions", [])]
    return frozenset(_weights(actions))


def _listed(weights: Mapping[str, float]) -> str:
    return ", ".join(f"{_name(arn)} (weight {weight:g})" for arn, weight in weights.items()) or "no target group"


def _name(arn: str) -> str:
    parts = arn.split("/")
    return parts[1] if len(parts) > 1 else arn
