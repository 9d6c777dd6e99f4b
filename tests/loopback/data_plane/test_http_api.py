"""HTTP APIs become Caddy's configuration."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bluegreen.loopback.data_plane.http_api import server
from bluegreen.loopback.data_plane.views import ApiRoute, HttpApi


def routes(*keys: str, stages: tuple[str, ...] = ("$default",)) -> list[dict[str, Any]]:
    """Return the routes of an API, each key with a listener of the same name."""
    split = [key.rpartition(" ") for key in keys]
    api = HttpApi(
        address="127.16.1.1",
        port=8888,
        stages=stages,
        routes=tuple(ApiRoute(method=method or "ANY", path=path, listener=path) for method, _, path in split),
    )
    return server(api, {route.path: "127.16.1.2:8000" for route in api.routes})["routes"]


def takes(route: dict[str, Any], method: str, path: str) -> bool:
    if "match" not in route:
        return True
    (matcher,) = route["match"]
    return bool(re.search(matcher["path_regexp"]["pattern"], path)) and method in matcher.get("method", [method])


def chosen(found: list[dict[str, Any]], method: str, path: str) -> int:
    return next(number for number, route in enumerate(found) if takes(route, method, path))


def test_the_last_route_answers_not_found() -> None:
    (handler,) = routes()[-1]["handle"]

    assert (handler["status_code"], handler["body"]) == (404, '\\{"message":"Not Found"}')


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/one", "GET /one"),
        ("POST", "/one", "ANY /one"),
        ("GET", "/items/7", "GET /items/{id}"),
        ("GET", "/items/7/more", "ANY /{proxy+}"),
        ("GET", "/", "$default"),
    ],
)
def test_the_most_specific_route_is_chosen(method: str, path: str, key: str) -> None:
    keys = ["$default", "ANY /{proxy+}", "GET /items/{id}", "ANY /one", "GET /one"]
    order = ["GET /one", "ANY /one", "GET /items/{id}", "ANY /{proxy+}", "$default"]

    assert order[chosen(routes(*keys), method, path)] == key


def test_a_named_stage_is_a_prefix_of_the_path() -> None:
    found = routes("GET /one", stages=("prod",))

    assert chosen(found, "GET", "/prod/one") == 0
    assert chosen(found, "GET", "/one") == 1


def test_an_api_without_a_stage_serves_nothing() -> None:
    assert len(routes("GET /one", stages=())) == 1


def test_a_route_without_a_listener_is_an_internal_error() -> None:
    route = ApiRoute(method="GET", path="/one", listener=None)
    api = HttpApi(address="127.16.1.1", port=8888, stages=("$default",), routes=(route,))

    assert server(api, {})["routes"][0]["handle"][0]["status_code"] == 500


def test_a_route_to_a_listener_that_is_gone_is_unavailable() -> None:
    route = ApiRoute(method="GET", path="/one", listener="gone")
    api = HttpApi(address="127.16.1.1", port=8888, stages=("$default",), routes=(route,))

    assert server(api, {"another": "127.16.1.2:8000"})["routes"][0]["handle"][0]["status_code"] == 503
