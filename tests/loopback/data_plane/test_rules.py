"""Which action answers a request."""

from __future__ import annotations

import http.client

import pytest

from bluegreen.loopback.data_plane.plane import DataPlaneError
from bluegreen.loopback.data_plane.views import Condition, FixedResponse, Redirect, Rule

from .conftest import PORT, ask, forward, named


def rule(priority: int, *conditions: Condition, body: str = "") -> Rule:
    action = FixedResponse(status=200, body=body or str(priority))
    return Rule(arn=f"rule-{priority}", priority=priority, conditions=conditions, action=action)


def path(*patterns: str) -> Condition:
    return Condition(kind="path-pattern", values=patterns)


DEFAULT = FixedResponse(status=404, body="default")


def test_rules_come_by_priority_and_the_default_last(account) -> None:
    account.serve(DEFAULT, rule(20, path("/a*")), rule(3, path("/aa*")), rule(100, path("*")))
    assert [account.get(asked)[1] for asked in ("/aab", "/ab", "/b")] == ["3", "20", "100"]

    account.serve(DEFAULT, rule(20, path("/a*")))
    assert account.get("/b") == (404, "default")


def test_all_conditions_of_a_rule_must_hold(account) -> None:
    conditions = (
        Condition(kind="http-header", name="X-One", values=("a", "b*")),
        Condition(kind="http-header", name="X-Two", values=("c",)),
        Condition(kind="host-header", values=("*.example.com",)),
        Condition(kind="http-request-method", values=("GET", "HEAD")),
        Condition(kind="source-ip", values=("127.0.0.0/8",)),
        Condition(kind="query-string", values=("version=v*",)),
        path("/one"),
    )
    account.serve(DEFAULT, rule(1, *conditions, body="all"))
    wanted = {"X_One": "Bee", "X_Two": "c", "Host": "api.example.com"}

    assert account.get("/one?a=1&version=v2", **wanted) == (200, "all")
    assert account.get("/one?a=1", **wanted) == (404, "default")
    assert account.get("/one?version=v2", **{**wanted, "X_Two": "d"}) == (404, "default")


def test_a_fixed_response_is_what_was_configured(account) -> None:
    account.serve(FixedResponse(status=418, content_type="application/json", body='{"a":"{b}"}'))
    connection = account.connect()
    connection.request("GET", "/")
    answer = connection.getresponse()

    assert (answer.status, answer.headers["Content-Type"], answer.headers["Server"]) == (
        418,
        "application/json",
        "awselb/2.0",
    )
    assert answer.read() == b'{"a":"{b}"}'


def test_a_redirect_leads_where_the_client_asked_elsewhere(account) -> None:
    account.serve(Redirect(status=301, location="https://#{host}:443/#{path}?#{query}"))
    connection = account.connect()
    connection.request("GET", "/one?a=1", headers={"Host": f"api.example.com:{PORT}"})
    answer = connection.getresponse()
    answer.read()

    assert (answer.status, answer.headers["Location"]) == (301, "https://api.example.com:443/one?a=1")


def test_a_connection_outlives_every_change_of_rules_and_actions(account, target) -> None:
    blue = target(named("blue"))
    connection = account.connect()
    account.serve(forward(blue=1), blue=(blue,))
    seen = [ask(connection)]
    socket = connection.sock
    account.serve(DEFAULT)
    seen.append(ask(connection))
    account.serve(DEFAULT, rule(1, path("/")))
    seen.append(ask(connection))

    assert seen == [(200, "blue"), (404, "default"), (200, "1")]
    assert connection.sock is socket


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition(kind="moon-phase", values=("full",)), "no condition moon-phase"),
        (Condition(kind="source-ip", values=("here",)), "here is no block of addresses"),
        (Condition(kind="http-header", name="no header", values=("a",)), "no header no header"),
    ],
)
def test_what_cannot_be_served_is_refused_by_name_and_all_stays_as_it_was(account, condition, words: str) -> None:
    account.serve(DEFAULT)

    with pytest.raises(DataPlaneError, match=words):
        account.serve(FixedResponse(status=200), rule(1, condition))
    assert account.get() == (404, "default")


def test_a_request_without_a_host_is_a_bad_one(account) -> None:
    account.serve(DEFAULT)
    connection = http.client.HTTPConnection(account.address, PORT, timeout=15)
    connection.putrequest("GET", "/", skip_host=True)
    connection.endheaders()

    assert connection.getresponse().status == 400
