"""Targets and clients that leave, hang or send what they should not."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from contextlib import suppress

import pytest

from bluegreen.loopback.data_plane.views import FixedResponse

from .conftest import answer, ask, forward, named, raw, read_all, read_head

BIG = 3_000_000


def test_a_target_that_closes_a_kept_connection_under_a_request_is_a_502(account, target) -> None:
    heads = []

    def converse(connection: socket.socket) -> None:
        heads.append(read_head(connection))
        connection.sendall(answer("blue"))
        heads.append(read_head(connection))

    account.serve(forward(blue=1), blue=(target(converse),))
    connection = account.connect()

    assert [ask(connection)[0] for _ in range(2)] == [200, 502]
    assert len(heads) == 2, "a request that a target has seen is never sent again"


@pytest.mark.parametrize("words", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"SSH-2.0-OpenSSH_9.6\r\n\r\n"])
def test_a_target_that_took_a_request_and_does_not_answer_in_http_is_a_502(
    account, target, eventually, words: bytes
) -> None:
    asked = []

    def converse(connection: socket.socket) -> None:
        asked.append(read_head(connection))
        connection.sendall(words)

    account.serve(forward(blue=1), blue=(target(converse),))

    status, page = account.get()
    assert (status, "502 Bad Gateway" in page) == (502, True)
    assert len(asked) == 1, "a request is never tried twice"
    eventually(lambda: [(one.status, one.seconds) for one in account.recorded()] == [(502, None)])


def test_an_answer_that_breaks_off_ends_the_clients_connection(account, target) -> None:
    def converse(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    account.serve(forward(blue=1), blue=(target(converse),))
    connection = account.connect()
    connection.request("GET", "/")

    with pytest.raises(http.client.IncompleteRead):
        connection.getresponse().read()


@pytest.mark.parametrize(("passed", "status"), [(30, 200), (31, 463)])
def test_a_request_that_passed_more_than_30_proxies_is_a_463(account, target, passed: int, status: int) -> None:
    account.serve(forward(blue=1), blue=(target(named("blue")),))

    assert account.get(X_Forwarded_For=", ".join(["198.51.100.7"] * passed))[0] == status


def test_a_client_that_leaves_ends_its_request_and_is_counted(account, target, eventually) -> None:
    reached, left = threading.Event(), threading.Event()

    def converse(connection: socket.socket) -> None:
        read_head(connection)
        reached.set()
        if not connection.recv(1):
            left.set()

    account.serve(forward(blue=1), blue=(target(converse),))
    client = raw(account)
    client.sendall(b"GET / HTTP/1.1\r\nHost: one\r\n\r\n")
    assert reached.wait(15)
    client.close()

    assert left.wait(15)
    eventually(lambda: [(one.status, one.seconds) for one in account.recorded()] == [(460, None)])


def test_a_client_that_leaves_in_the_middle_of_its_request_is_counted_as_that(account, target, eventually) -> None:
    reached = threading.Event()

    def converse(connection: socket.socket) -> None:
        read_head(connection)
        reached.set()
        read_all(connection)

    account.serve(forward(blue=1), blue=(target(converse),))
    client = raw(account)
    client.sendall(b"POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 10\r\n\r\nhalf")
    assert reached.wait(15)
    client.close()

    eventually(lambda: [(one.status, one.seconds) for one in account.recorded()] == [(460, None)])


def test_a_target_that_does_not_take_a_request_is_a_504(account, target) -> None:
    over = threading.Event()

    def hang(connection: socket.socket) -> None:
        over.wait(15)

    account.serve(forward(blue=1), idle=1, blue=(target(hang),))
    client = raw(account)
    client.sendall(b"POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 100000000\r\n\r\n")
    sender = threading.Thread(target=_send_all, args=(client, 100_000_000))
    sender.start()

    assert client.recv(65536).startswith(b"HTTP/1.1 504")
    client.close()
    over.set()
    sender.join(15)


def _send_all(client: socket.socket, size: int) -> None:
    with suppress(OSError):
        client.sendall(b"a" * size)


def test_an_answer_of_its_own_reaches_a_client_that_still_sends(account) -> None:
    account.serve(FixedResponse(status=413, body="too much"))
    connection = account.connect()
    connection.request("POST", "/", body=b"a" * BIG)
    answer = connection.getresponse()

    assert (answer.status, answer.read()) == (413, b"too much")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_what_no_load_balancer_does_is_refused(account, target, method: str) -> None:
    account.serve(forward(blue=1), blue=(target(named("blue")),))
    client = raw(account)
    client.sendall(f"{method} one:80 HTTP/1.1\r\nHost: one\r\n\r\n".encode())

    assert client.recv(65536).startswith(b"HTTP/1.1 405")


def test_a_client_that_does_not_finish_its_request_is_told_after_the_idle_timeout(account, target) -> None:
    account.serve(forward(blue=1), idle=1, blue=(target(read_all),))
    client = raw(account)
    client.sendall(b"POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 10\r\n\r\nhalf")

    assert client.recv(65536).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: one\r\n\r\n"])
def test_a_connection_on_which_nothing_is_said_is_closed_after_the_idle_timeout(account, target, sent: bytes) -> None:
    account.serve(forward(blue=1), idle=1, blue=(target(named("blue")),))
    client = raw(account)
    client.sendall(sent)

    got = b""
    while piece := client.recv(65536):
        got += piece
    assert got.endswith(b"blue" if sent.endswith(b"\r\n\r\n") else b"")


def test_a_connection_that_is_reset_in_the_middle_does_no_harm_to_others(account, target) -> None:
    account.serve(forward(blue=1), blue=(target(named("blue")),))
    connection = account.connect()
    assert ask(connection) == (200, "blue")
    for _ in range(20):
        client = raw(account)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with suppress(OSError):
            client.sendall(b"GET / HTTP/1.1\r\nHost: one\r\n\r\n")
        client.close()

    assert ask(connection) == (200, "blue")
