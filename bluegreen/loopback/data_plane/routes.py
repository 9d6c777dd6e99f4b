"""Listeners, rules and target groups as Caddy's configuration of the proxy behind the doors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .conditions import matchers
from .error_pages import page, pages
from .schedule import NO_TARGET, schedule
from .views import Action, FixedResponse, Forward, Listener, LoadBalancer, Network, Redirect

NO_TARGET_SOCKET = "no-target.sock"
CONNECT_TIMEOUT = "10s"  # ELB user guide: 504 when no connection is established within 10 seconds

Targets = Mapping[str, tuple[str, ...]]


def servers(network: Network) -> dict[str, Any]:
    """Return a Caddy server for each listener, on a socket that only the doors dial.

    Raises:
        UnsupportedError: a rule has a condition that Caddy cannot match.
    """
    result = {
        listener.socket: _server(listener, balancer, network.targets)
        for balancer in network.load_balancers
        for listener in balancer.listeners
    }
    if result:
        result[NO_TARGET_SOCKET] = {"listen": [f"unix/{NO_TARGET_SOCKET}"], "routes": [{"handle": [page(503)]}]}
    return result


def _server(listener: Listener, balancer: LoadBalancer, targets: Targets) -> dict[str, Any]:
    rules = sorted(listener.rules, key=lambda rule: rule.priority)
    routes: list[dict[str, Any]] = [
        {
            "match": [matchers(rule.conditions)],
            "handle": [_handler(rule.action, targets, balancer.idle_timeout)],
            "terminal": True,
        }
        for rule in rules
    ]
    routes.append({"handle": [_handler(listener.default, targets, balancer.idle_timeout)]})
    return {
        "listen": [f"unix/{listener.socket}"],
        "protocols": ["h1"],
        "trusted_proxies_unix": True,
        "trusted_proxies_strict": 1,
        "routes": routes,
        "errors": pages(),
    }


def _handler(action: Action, targets: Targets, idle_timeout: int) -> dict[str, Any]:
    match action:
        case Forward(shares=shares):
            turns = schedule([(share.target_group, share.weight) for share in shares], targets)
            return _forward(turns, idle_timeout) if any(turns) else page(503)
        case FixedResponse(status=status, content_type=content_type, body=body):
            headers = {"Content-Type": [content_type], "Server": ["awselb/2.0"]}
            return {"handler": "static_response", "status_code": status, "headers": headers, "body": _literal(body)}
        case Redirect(status=status, location=location):
            headers = {"Location": [_location(location)], "Server": ["awselb/2.0"]}
            return {"handler": "static_response", "status_code": status, "headers": headers}


def _forward(turns: list[str], idle_timeout: int) -> dict[str, Any]:
    """Round robin over the schedule: Caddy's own weighted policy hands out each weight in one long run."""
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"unix/{NO_TARGET_SOCKET}" if turn == NO_TARGET else turn} for turn in turns],
        "load_balancing": {"selection_policy": {"policy": "round_robin"}},
        "transport": {
            "protocol": "http",
            "compression": False,
            "dial_timeout": CONNECT_TIMEOUT,
            "response_header_timeout": f"{idle_timeout}s",
        },
        "headers": {"request": {"delete": ["X-Forwarded-Host", "Via"]}, "response": {"delete": ["Via"]}},
    }


def _literal(text: str) -> str:
    return text.replace("{", "\\{")


def _location(location: str) -> str:
    words = {
        "#{protocol}": "http",
        "#{host}": "{http.request.host}",
        "#{port}": "{http.request.port}",
        "/#{path}": "{http.request.uri.path}",
        "#{query}": "{http.request.uri.query}",
    }
    for word, placeholder in words.items():
        location = location.replace(word, placeholder)
    return location
