"""What clients connect to: the load balancers' ports and the HTTP APIs.

A listener that is modified must not close anyone's connection. Caddy closes idle connections whenever it takes a new
configuration, so weights and targets live in a second proxy behind this one, and this one changes only when a
listener or an API comes or goes.
"""

from __future__ import annotations

from typing import Any

from .error_pages import pages
from .http_api import server as api_server
from .passage import passage
from .views import Listener, LoadBalancer, Network


def servers(network: Network) -> dict[str, Any]:
    """Return a Caddy server for each listener's address and port, and for each HTTP API's."""
    listeners = {
        f"{balancer.address}:{listener.port}": _server(balancer, listener)
        for balancer in network.load_balancers
        for listener in balancer.listeners
    }
    return listeners | {f"{api.address}:{api.port}": api_server(api) for api in network.apis}


def _server(balancer: LoadBalancer, listener: Listener) -> dict[str, Any]:
    return {
        "listen": [f"tcp/{balancer.address}:{listener.port}"],
        "protocols": ["h1"],
        "idle_timeout": f"{balancer.idle_timeout}s",
        "routes": [{"handle": [passage(listener.socket, port=listener.port)]}],
        "errors": pages(),
    }
