"""How long a deployment may take, derived from its configuration (AWS's limits: codedeploy-ecs.md section 3.8)."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.deployment import Deployment

from .world import World

HOUR, MINUTE = 3600.0, 60.0
TRIED_SECONDS = 331.0  # five minutes, and the last pause of thirty seconds
SLACK_SECONDS = 5.0
CALLS = {"Install": 8, "AllowTestTraffic": 2, "Guard": 2, "Rollback": 4, "End": 2}


def event_limit(world: World, deployment: Deployment, event: str) -> float:
    """Return the most seconds that a lifecycle event may be in progress."""
    if event == "Install":
        return HOUR + _calls(world, CALLS["Install"])
    if event == "AllowTraffic":
        return _shift(world) + _calls(world, 2 * world.plan.routing.waits + 2)
    if event == "AllowTestTraffic":
        return _calls(world, CALLS["AllowTestTraffic"])
    hooks = dict(world.facts.releases[deployment.id].hooks)
    return (HOUR if event in hooks else 0.0) + _calls(world, 1)


def whole_limit(world: World, deployment: Deployment) -> float:
    """Return the most seconds from its creation to its last status."""
    events = sum(event_limit(world, deployment, event.name) for event in deployment.lifecycle)
    waits = MINUTE * ((world.plan.ready or 0) + world.plan.termination)
    return events + waits + _calls(world, CALLS["Guard"] + CALLS["Rollback"] + CALLS["End"])


def _shift(world: World) -> float:
    return world.plan.routing.waits * world.plan.routing.minutes * MINUTE


def _calls(world: World, calls: int) -> float:
    """What failing calls may add: each is tried for so long, and no longer than something fails."""
    failing = sum(fault.end - fault.start + TRIED_SECONDS - 5 * MINUTE for fault in world.account.windows)
    return min(calls * TRIED_SECONDS, failing) + SLACK_SECONDS
