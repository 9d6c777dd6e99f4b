"""Listeners and rules become Caddy's configuration."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bluegreen.loopback.data_plane.conditions import UnsupportedError, matchers
from bluegreen.loopback.data_plane.listeners import plan, servers
from bluegreen.loopback.data_plane.views import (
    Condition,
    FixedResponse,
    Forward,
    Listener,
    LoadBalancer,
    Network,
    Redirect,
    Rule,
    Share,
)


def network(listener: Listener, **targets: tuple[str, ...]) -> Network:
    balancer = LoadBalancer(name="app/one/1", address="127.16.1.1", listeners=(listener,), idle_timeout=60)
    return Network(load_balancers=(balancer,), targets=targets)


def forward(**weights: int) -> Forward:
    return Forward(shares=tuple(Share(target_group=group, weight=weight) for group, weight in weights.items()))


def handlers(found: Network) -> list[dict[str, Any]]:
    """Return what answers, in the order of the rules."""
    routes = servers(found)["127.16.1.1:80"]["routes"]
    return [route["handle"][0] for route in routes if route["handle"][0]["handler"] not in ("headers", "log_append")]


def order(found: Network) -> list[str]:
    (only,) = plan(found).values()
    return list(only)


def test_a_forward_dials_the_targets_in_the_order_of_their_turns() -> None:
    listener = Listener(arn="one", port=80, default=forward(blue=50, green=50))
    found = network(listener, blue=("127.16.1.2:3000",), green=("127.16.1.3:3000",))

    (handler,) = handlers(found)

    assert order(found) == ["127.16.1.2:3000", "127.16.1.3:3000"]
    assert handler["load_balancing"] == {"selection_policy": {"policy": "round_robin"}}


def test_a_request_is_never_tried_on_another_target() -> None:
    (handler,) = handlers(network(Listener(arn="one", port=80, default=forward(blue=1)), blue=("a:1", "b:1")))

    assert "try_duration" not in handler["load_balancing"]
    assert "retries" not in handler["load_balancing"]


def test_turns_of_an_empty_group_end_at_a_socket_that_answers_503() -> None:
    found = network(Listener(arn="one", port=80, default=forward(blue=1, green=1)), blue=("127.16.1.2:3000",))

    assert order(found) == ["127.16.1.2:3000", "unix/no-target.sock"]
    answer = servers(found)["no-target"]["routes"][0]["handle"][0]
    assert answer["status_code"] == 503
    assert "503 Service Temporarily Unavailable" in answer["body"]


@pytest.mark.parametrize("default", [forward(blue=1), forward(blue=0, green=0)])
def test_a_listener_without_any_target_or_weight_has_no_other_turn(default: Forward) -> None:
    assert set(order(network(Listener(arn="one", port=80, default=default)))) == {"unix/no-target.sock"}


def test_rules_come_by_priority_and_the_default_last() -> None:
    rules = tuple(
        Rule(
            arn=str(priority),
            priority=priority,
            conditions=(Condition(kind="path-pattern", values=(f"/{priority}",)),),
            action=FixedResponse(status=200, body=str(priority)),
        )
        for priority in (20, 3, 100)
    )
    listener = Listener(arn="one", port=80, default=FixedResponse(status=404, body="default"), rules=rules)

    assert [handler["body"] for handler in handlers(network(listener))] == ["3", "20", "100", "default"]


def test_a_fixed_response_keeps_braces_that_caddy_would_replace() -> None:
    listener = Listener(arn="one", port=80, default=FixedResponse(status=200, body='{"a":1}'))

    assert handlers(network(listener))[0]["body"] == '\\{"a":1}'


def test_a_redirect_fills_in_what_the_client_asked_for() -> None:
    location = "#{protocol}://#{host}:443/#{path}?#{query}"
    listener = Listener(arn="one", port=80, default=Redirect(status=301, location=location))

    (handler,) = handlers(network(listener))

    assert handler["headers"]["Location"] == [
        "http://{http.request.host}:443{http.request.uri.path}?{http.request.uri.query}"
    ]


def test_nothing_is_configured_anew_when_weights_or_targets_change() -> None:
    before = network(Listener(arn="one", port=80, default=forward(blue=100, green=0)), blue=("127.16.1.2:3000",))
    after = network(Listener(arn="one", port=80, default=forward(blue=0, green=100)), green=("127.16.1.3:3000",))

    assert servers(before) == servers(after)
    assert plan(before) != plan(after)


def test_a_listener_is_on_the_load_balancers_own_address_alone() -> None:
    found = servers(network(Listener(arn="one", port=8000, default=forward(blue=1))))

    assert [server["listen"] for server in found.values()] == [["tcp/127.16.1.1:8000"], ["unix/no-target.sock"]]


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/img/*", "/img/a/b.png", True),
        ("/img/*", "/images", False),
        ("/v?", "/v1", True),
        ("/v?", "/v12", False),
        ("/a.b", "/aXb", False),
        ("/One", "/one", False),
    ],
)
def test_path_patterns_know_their_two_wildcards_and_case(pattern: str, path: str, expected: bool) -> None:
    matcher = matchers([Condition(kind="path-pattern", values=(pattern,))])

    assert bool(re.search(matcher["path_regexp"]["pattern"], path)) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("api.example.com", True), ("API.Example.com:8000", True), ("example.com", False)],
)
def test_host_patterns_ignore_case_and_port(host: str, expected: bool) -> None:
    matcher = matchers([Condition(kind="host-header", values=("*.example.com",))])

    assert bool(re.search(matcher["header_regexp"]["Host"]["pattern"], host)) is expected


def test_all_conditions_of_a_rule_must_hold() -> None:
    matcher = matchers(
        [
            Condition(kind="http-header", name="X-One", values=("a", "b*")),
            Condition(kind="http-header", name="X-Two", values=("c",)),
            Condition(kind="http-request-method", values=("GET", "HEAD")),
            Condition(kind="source-ip", values=("10.0.0.0/8",)),
        ]
    )

    assert matcher.keys() == {"header_regexp", "method", "remote_ip"}
    assert matcher["header_regexp"].keys() == {"X-One", "X-Two"}


def test_a_query_condition_finds_its_pair_anywhere() -> None:
    pattern = matchers([Condition(kind="query-string", values=("version=v*",))])["vars_regexp"][
        "{http.request.uri.query}"
    ]["pattern"]

    assert re.search(pattern, "a=1&version=v2&b=3")
    assert not re.search(pattern, "subversion=v2")


def test_two_conditions_that_cannot_be_joined_are_refused_by_name() -> None:
    twice = [Condition(kind="path-pattern", values=("/a",)), Condition(kind="path-pattern", values=("/b",))]

    with pytest.raises(UnsupportedError, match="path-pattern"):
        matchers(twice)
