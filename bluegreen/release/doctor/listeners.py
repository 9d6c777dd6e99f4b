"""Whether both listeners are there, on one load balancer, and forward to the group's target groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bluegreen.release import traffic

from .finding import Finding, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Ask the load balancer."""
    target = patient.target
    found = patient.listeners()
    named = {"production": target.production_listener, "test": target.test_listener}
    wanted = {name: found.get(arn) for name, arn in named.items() if arn}
    return judge(wanted, target.target_groups, patient.apply)


def judge(listeners: Mapping[str, Any], target_groups: tuple[str, ...], apply: str) -> Finding:
    """Judge what the release target names; a test listener may point at either target group between releases."""
    absent = [name for name, one in listeners.items() if one is None]
    if absent:
        return wrong(f"there is no {' and no '.join(absent)} listener", f"{apply} makes it again")
    balancers = {name: one.get("LoadBalancerArn", "") for name, one in listeners.items()}
    if len(set(balancers.values())) > 1:
        listed = ", ".join(f"{name} of {arn.rpartition(':loadbalancer/')[2]}" for name, arn in balancers.items())
        return wrong(f"the listeners are of different load balancers: {listed}", f"{apply} mends it")
    for name, one in listeners.items():
        if foreign := _foreign(one, target_groups):
            return wrong(f"the {name} listener {foreign}", f"point it at {' or '.join(target_groups)}")
    return sound(f"{' and '.join(listeners)} listener on one load balancer")


def _foreign(listener: Mapping[str, Any], target_groups: tuple[str, ...]) -> str:
    """Say what else it does than to forward to the target groups."""
    forwards = [one.target_group for one in traffic.shares(list(listener.get("DefaultActions", [])), {})]
    if not forwards:
        kinds = ", ".join(one.get("Type", "") for one in listener.get("DefaultActions", []))
        return f"forwards to no target group ({kinds or 'no action'})"
    others = [name for name in forwards if name not in target_groups]
    return f"forwards to {', '.join(others)}" if others else ""
