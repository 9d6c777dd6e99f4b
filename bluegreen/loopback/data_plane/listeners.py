"""Listeners, rules and target groups as Caddy's configuration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from . import turns
from .access_log import handlers as logged
from .conditions import matchers
from .error_pages import NO_TARGET_SOCKET, page, pages
from .forwarded import headers, trace
from .schedule import NO_TARGET, schedule
from .views import Action, FixedResponse, Forward, Listener, LoadBalancer, Network, Redirect

CONNECT_TIMEOUT = "10s"  # ELB user guide: 504 when no connection is established within 10 seconds


def servers(network: Network) -> dict[str, Any]:
    """Return a Caddy server for each listener, and one that answers for groups without a target.

    It does not depend on weights and targets: those are in the plan.

    Raises:
        UnsupportedError: a rule has a condition that Caddy cannot match.
    """
    result = {
        f"{balancer.address}:{listener.port}": _server(listener, balancer)
        for balancer in network.load_balancers
        for listener in balancer.listeners
    }
    if result:
        result["no-target"] = {"listen": [NO_TARGET_SOCKET], "routes": [{"handle": [page(503)]}]}
    return result


def plan(network: Network) -> dict[str, tuple[str, ...]]:
    """Return the order in which each action that forwards dials its targets."""
    return {
        name: _order(action, network.targets)
        for balancer in network.load_balancers
        for listener in balancer.listeners
        for name, action in _actions(listener)
        if isinstance(action, Forward)
    }


def _actions(listener: Listener) -> Iterator[tuple[str, Action]]:
    yield _name(listener.arn), listener.default
    for rule in listener.rules:
        yield _name(rule.arn), rule.action


def _name(arn: str) -> str:
    return hashlib.sha256(arn.encode()).hexdigest()[:16]


def _order(action: Forward, targets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    order = schedule([(share.target_group, share.weight) for share in action.shares], targets)
    return tuple(NO_TARGET_SOCKET if turn == NO_TARGET else turn for turn in order or [NO_TARGET])


def _server(listener: Listener, balancer: LoadBalancer) -> dict[str, Any]:
    routes: list[dict[str, Any]] = [
        {
            "match": [matchers(rule.conditions)],
            "handle": [_handler(_name(rule.arn), rule.action, balancer, listener)],
            "terminal": True,
        }
        for rule in sorted(listener.rules, key=lambda rule: rule.priority)
    ]
    routes.append({"handle": [_handler(_name(listener.arn), listener.default, balancer, listener)]})
    return {
        "listen": [f"tcp/{balancer.address}:{listener.port}"],
        "protocols": ["h1"],
        "idle_timeout": f"{balancer.idle_timeout}s",
        # An ALB appends to X-Forwarded-For whoever sent it; Caddy does so for those whom it trusts.
        "trusted_proxies": {"source": "static", "ranges": ["0.0.0.0/0"]},
        "routes": [{"handle": logged()}, *trace(), *routes],
        "errors": pages(),
        "logs": {"default_logger_name": balancer.name},
    }


def _handler(name: str, action: Action, balancer: LoadBalancer, listener: Listener) -> dict[str, Any]:
    match action:
        case Forward():
            return _forward(name, balancer.idle_timeout, listener)
        case FixedResponse(status=status, content_type=content_type, body=body):
            headers = {"Content-Type": [content_type], "Server": ["awselb/2.0"]}
            return {"handler": "static_response", "status_code": status, "headers": headers, "body": _literal(body)}
        case Redirect(status=status, location=location):
            headers = {"Location": [_location(location)], "Server": ["awselb/2.0"]}
            return {"handler": "static_response", "status_code": status, "headers": headers}


def _forward(name: str, idle_timeout: int, listener: Listener) -> dict[str, Any]:
    """Round robin over the turns: Caddy's own weighted policy hands out each weight in one long run."""
    return {
        "handler": "reverse_proxy",
        "upstreams": turns.upstreams(name),
        "load_balancing": {"selection_policy": {"policy": "round_robin"}},
        "transport": {
            "protocol": "http",
            "compression": False,
            "dial_timeout": CONNECT_TIMEOUT,
            "response_header_timeout": f"{idle_timeout}s",
        },
        "headers": headers(listener.port),
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
