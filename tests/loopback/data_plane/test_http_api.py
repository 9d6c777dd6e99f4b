"""Requests to an HTTP API, and what it answers by itself."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import threading
from typing import Any

import pytest

from bluegreen.loopback.data_plane.views import ApiRoute, FixedResponse, HttpApi

from .conftest import Account, ask, forward, named, read_head

API_PORT = 8888
LIVE = FixedResponse(status=200, body="from the listener")


def api(host: Any, *routes: ApiRoute, stages: tuple[str, ...] = ("$default",)) -> HttpApi:
    return HttpApi(address=host.addresses.next(), port=API_PORT, stages=stages, routes=routes)


def route(key: str, listener: str | None = "listener", **changes: Any) -> ApiRoute:
    method, _, path = key.rpartition(" ")
    return ApiRoute(method=method or "ANY", path=path, listener=listener, **changes)


def get(served: HttpApi, path: str) -> tuple[int, str]:
    return ask(http.client.HTTPConnection(served.address, API_PORT, timeout=15), path)


def test_a_route_leads_to_its_listener_and_what_no_route_takes_is_not_found(account, host) -> None:
    served = api(host, route("GET /one"))
    account.serve(LIVE, apis=(served,))

    assert get(served, "/one") == (200, "from the listener")
    status, body = get(served, "/two")
    assert (status, json.loads(body)) == (404, {"message": "Not Found"})


def test_a_named_stage_is_a_prefix_and_without_any_stage_nothing_is_served(account, host) -> None:
    named_stage, none = (api(host, route("GET /one"), stages=stages) for stages in (("prod",), ()))
    account.serve(LIVE, apis=(named_stage, none))

    assert [get(named_stage, path)[0] for path in ("/prod/one", "/one")] == [200, 404]
    assert get(none, "/one")[0] == 404


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        (route("GET /one", None), 500, "Internal Server Error"),
        (route("GET /one", "gone"), 503, "Service Unavailable"),
        (route("GET /one", closed=True), 401, "Unauthorized"),
    ],
)
def test_a_route_that_leads_nowhere_says_so(account, host, wrong: ApiRoute, status: int, words: str) -> None:
    served = api(host, wrong)
    account.serve(LIVE, apis=(served,))

    got, body = get(served, "/one")
    assert (got, json.loads(body)) == (status, {"message": words})


def test_an_answer_that_is_late_is_a_504_of_the_api(account, host, target) -> None:
    hold = threading.Event()

    def slow(connection: socket.socket) -> None:
        read_head(connection)
        hold.wait(15)

    served = api(host, route("GET /one", timeout=200))
    account.serve(forward(blue=1), apis=(served,), blue=(target(slow),))

    status, body = get(served, "/one")
    hold.set()
    assert (status, json.loads(body)) == (504, {"message": "Endpoint request timed out"})


def test_a_target_learns_who_asked_and_not_what_the_client_claims(account, host, target) -> None:
    heads = []

    def converse(connection: socket.socket) -> None:
        heads.append(read_head(connection).decode().lower())
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    served = api(host, route("GET /one"))
    account.serve(forward(blue=1), apis=(served,), blue=(target(converse),))
    connection = http.client.HTTPConnection(served.address, API_PORT, timeout=15)
    ask(connection, "/one", X_Forwarded_For="198.51.100.7", Host="api.example.com")

    assert "x-forwarded-for: 127.0.0.1, 127.0.0.1\r\n" in heads[0]
    assert "host: api.example.com\r\n" in heads[0]


def test_a_request_that_finds_no_load_balancer_waits_for_it_to_come_back(account, host, target) -> None:
    served = api(host, route("GET /one"))
    account.serve(forward(blue=1), apis=(served,), blue=(target(named("blue")),))
    assert get(served, "/one") == (200, "blue")
    _kill_balancers(account)

    host.ticker.start()  # what sees that a proxy has ended

    assert get(served, "/one") == (200, "blue")


def test_a_load_balancer_that_does_not_come_back_is_unavailable(account, host) -> None:
    served = api(host, route("GET /one"))
    account.serve(LIVE, apis=(served,))
    _kill_balancers(account)

    status, body = get(served, "/one")
    assert (status, json.loads(body)) == (503, {"message": "Service Unavailable"})


def _kill_balancers(account: Account) -> None:
    process = account.plane.listeners.proxy.process
    assert process
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
