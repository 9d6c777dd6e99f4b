"""What a proxy is told: the part of the network that it serves, as JSON has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .views import Network


def of_listeners(network: Network) -> dict[str, Any]:
    """Return the load balancers, and who serves behind them."""
    return {
        "load_balancers": [asdict(balancer) for balancer in network.load_balancers],
        "targets": {arn: list(targets) for arn, targets in network.targets.items()},
        "sticky": dict(network.sticky),
    }


def of_apis(network: Network) -> dict[str, Any]:
    """Return the HTTP APIs, and where the listeners are that they lead to."""
    wanted = {route.listener for api in network.apis for route in api.routes}
    listeners = {
        listener.arn: f"{balancer.address}:{listener.port}"
        for balancer in network.load_balancers
        for listener in balancer.listeners
        if listener.arn in wanted
    }
    return {"apis": [asdict(api) for api in network.apis], "listeners": listeners}
