"""An HTTP API of API Gateway as a Caddy server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .passage import passage
from .views import ApiRoute, HttpApi, Network

DEFAULT = "$default"
VARIABLE = re.compile(r"\{([^{}+]+)(\+?)\}")


def servers(network: Network) -> dict[str, Any]:
    """Return a Caddy server for each HTTP API."""
    listeners = {
        listener.arn: f"{balancer.address}:{listener.port}"
        for balancer in network.load_balancers
        for listener in balancer.listeners
    }
    return {f"{api.address}:{api.port}": server(api, listeners) for api in network.apis}


def server(api: HttpApi, listeners: Mapping[str, str]) -> dict[str, Any]:
    """Return the server of an API: the most specific route wins, an unmatched request gets 404.

    `listeners` are the `address:port` of each by its ARN.
    """
    routes = [
        {"match": [_matcher(stage, route)], "handle": [_handler(api, route, listeners)], "terminal": True}
        for stage in sorted(api.stages, key=lambda name: name == DEFAULT)
        for route in sorted(api.routes, key=_specificity)
    ]
    return {
        "listen": [f"tcp/{api.address}:{api.port}"],
        "protocols": ["h1"],
        "routes": [*routes, {"handle": [_message(404, "Not Found")]}],
        "errors": {
            "routes": [
                {
                    "match": [{"vars": {"{http.error.status_code}": ["504"]}}],
                    "handle": [_message(504, "Endpoint request timed out")],
                    "terminal": True,
                },
                {"handle": [_message(503, "Service Unavailable")]},
            ]
        },
    }


def _specificity(route: ApiRoute) -> tuple[bool, bool, int, bool]:
    """Order of selection: full match, then greedy path variables, then `$default`; a method before `ANY`."""
    variables = VARIABLE.findall(route.path)
    greedy = any(plus for _, plus in variables)
    return route.path == DEFAULT, greedy, len(variables), route.method == "ANY"


def _matcher(stage: str, route: ApiRoute) -> dict[str, Any]:
    prefix = "" if stage == DEFAULT else re.escape(f"/{stage}")
    path = "(?:/.*)?" if route.path == DEFAULT else _path(route.path)
    matcher: dict[str, Any] = {"path_regexp": {"pattern": f"^{prefix}{path}$"}}
    if route.method != "ANY":
        matcher["method"] = [route.method]
    return matcher


def _path(path: str) -> str:
    pieces, end = [], 0
    for variable in VARIABLE.finditer(path):
        pieces += [re.escape(path[end : variable.start()]), ".+" if variable.group(2) else "[^/]+"]
        end = variable.end()
    return "".join(pieces) + re.escape(path[end:])


def _handler(api: HttpApi, route: ApiRoute, listeners: Mapping[str, str]) -> dict[str, Any]:
    if route.closed:
        return _message(401, "Unauthorized")
    if route.listener is None:
        return _message(500, "Internal Server Error")
    if route.listener not in listeners:
        return _message(503, "Service Unavailable")
    return passage(listeners[route.listener], port=api.port, timeout=route.timeout)


def _message(status: int, words: str) -> dict[str, Any]:
    return {
        "handler": "static_response",
        "status_code": status,
        "headers": {"Content-Type": ["application/json"]},
        "body": f'\\{{"message":"{words}"}}',
    }
