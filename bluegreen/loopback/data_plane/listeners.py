"""Listeners, rules and target groups as Caddy's configuration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from . import sticky, turns
from .access_log import handlers as logged
from .conditions import matchers
from .error_pages import NO_TARGET_SOCKET, page, pages
from .forwarded import headers, traced
from .schedule import NO_TARGET, schedule
from .views import Action, FixedResponse, Forward, Listener, LoadBalancer, Network, Redirect, Share

ROUND_ROBIN = {"policy": "round_robin"}
CONNECT_TIMEOUT = "10s"  # ELB user guide: 504 when no connection is established within 10 seconds


def servers(network: Network) -> dict[str, Any]:
    """Return a Caddy server for each listener, and one that answers for groups without a target.

    It does not depend on weights and targets: those are in the plan.

    Raises:
        UnsupportedError: a rule has a condition that Caddy cannot match.
    """
    result: dict[str, Any] = {}
    for balancer in network.load_balancers:
        for listener in balancer.listeners:
            result[f"{balancer.address}:{listener.port}"] = _server(listener, balancer, network.sticky)
            for name, action in _forwards(listener):
                if sticky.is_sticky(action, network.sticky):
                    result |= _groups(name, action, balancer, listener, network.sticky)
    if result:
        result["no-target"] = {"listen": [NO_TARGET_SOCKET], "routes": [{"handle": [page(503)]}]}
    return result


def plan(network: Network) -> dict[str, tuple[str, ...]]:
    """Return the order in which each action that forwards dials its targets."""
    result: dict[str, tuple[str, ...]] = {}
    for balancer in network.load_balancers:
        for listener in balancer.listeners:
            for name, action in _forwards(listener):
                result |= _orders(name, action, network)
    return result


def _forwards(listener: Listener) -> Iterator[tuple[str, Forward]]:
    actions = {listener.arn: listener.default, **{rule.arn: rule.action for rule in listener.rules}}
    for arn, action in actions.items():
        if isinstance(action, Forward):
            yield _name(arn), action


def _name(arn: str) -> str:
    return hashlib.sha256(arn.encode()).hexdigest()[:16]


def _orders(name: str, action: Forward, network: Network) -> dict[str, tuple[str, ...]]:
    if not sticky.is_sticky(action, network.sticky):
        return {name: _order(action.shares, network.targets)}
    groups = {share.target_group: (sticky.socket_of(name, share),) for share in action.shares}
    result = {name: _order(action.shares, groups)}
    for share in action.shares:
        targets = network.targets.get(share.target_group) or (NO_TARGET_SOCKET,)
        result[sticky.turns_of(name, share)] = (
            sticky.order(targets) if share.target_group in network.sticky else targets
        )
    return result


def _order(shares: tuple[Share, ...], targets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    order = schedule([(share.target_group, share.weight) for share in shares], targets)
    return tuple(NO_TARGET_SOCKET if turn == NO_TARGET else turn for turn in order or [NO_TARGET])


def _groups(
    name: str, action: Forward, balancer: LoadBalancer, listener: Listener, seconds: Mapping[str, int]
) -> dict[str, Any]:
    """Return a server for each group of an action with stickiness."""
    result = {}
    for share in action.shares:
        turned = sticky.turns_of(name, share)
        told, chosen = headers(listener.port), sticky.selection(share, seconds)
        proxy = _proxy(turns.upstreams(turned), balancer.idle_timeout, told, chosen)
        proxy["headers"]["response"] |= sticky.cookies(action, share)
        result[turned] = {
            "listen": [sticky.socket_of(name, share)],
            "protocols": ["h1"],
            "trusted_proxies_unix": True,
            "trusted_proxies_strict": 1,
            "routes": [{"handle": logged()}, {"handle": [proxy]}],
            "errors": pages(),
            "logs": {"default_logger_name": balancer.name},
        }
    return result


def _server(listener: Listener, balancer: LoadBalancer, seconds: Mapping[str, int]) -> dict[str, Any]:
    routes: list[dict[str, Any]] = [
        {
            "match": [matchers(rule.conditions)],
            "handle": [_handler(_name(rule.arn), rule.action, balancer, listener, seconds)],
            "terminal": True,
        }
        for rule in sorted(listener.rules, key=lambda rule: rule.priority)
    ]
    routes.append({"handle": [_handler(_name(listener.arn), listener.default, balancer, listener, seconds)]})
    return {
        "listen": [f"tcp/{balancer.address}:{listener.port}"],
        "protocols": ["h1"],
        "idle_timeout": f"{balancer.idle_timeout}s",
        "read_idle_timeout": f"{balancer.idle_timeout}s",
        # To keep what a client may take to read an answer, or to send a head, is a deadline to set for each of them.
        "write_idle_timeout": -1,
        "read_header_timeout": -1,
        # An ALB appends to X-Forwarded-For whoever sent it; Caddy does so for those whom it trusts.
        "trusted_proxies": {"source": "static", "ranges": ["0.0.0.0/0"]},
        "routes": [{"handle": logged()}, *routes],
        "errors": pages(),
        "logs": {"default_logger_name": balancer.name},
    }


def _handler(
    name: str, action: Action, balancer: LoadBalancer, listener: Listener, seconds: Mapping[str, int]
) -> dict[str, Any]:
    proxy = partial(_proxy, seconds=balancer.idle_timeout, told=traced(listener.port))
    match action:
        case Forward() if sticky.is_sticky(action, seconds):
            return sticky.handler(name, action, proxy)
        case Forward():
            return proxy(turns.upstreams(name))
        case FixedResponse(status=status, content_type=content_type, body=body):
            headers = {"Content-Type": [content_type], "Server": ["awselb/2.0"]}
            return {"handler": "static_response", "status_code": status, "headers": headers, "body": _literal(body)}
        case Redirect(status=status, location=location):
            headers = {"Location": [_location(location)], "Server": ["awselb/2.0"]}
            return {"handler": "static_response", "status_code": status, "headers": headers}


def _proxy(
    upstreams: list[dict[str, str]], seconds: int, told: dict[str, Any], selection: Mapping[str, Any] = ROUND_ROBIN
) -> dict[str, Any]:
    """Round robin over the turns: Caddy's own weighted policy hands out each weight in one long run."""
    return {
        "handler": "reverse_proxy",
        "upstreams": upstreams,
        "load_balancing": {"selection_policy": selection},
        "transport": {
            "protocol": "http",
            "compression": False,
            "dial_timeout": CONNECT_TIMEOUT,
            "response_header_timeout": f"{seconds}s",
        },
        "headers": told,
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
