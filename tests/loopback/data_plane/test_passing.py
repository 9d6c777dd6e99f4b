"""A request on its way through a load balancer, and the answer on its way back."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from contextlib import suppress

import pytest

from .conftest import PORT, Account, answer, ask, forward, named, read_head

BIG = 3_000_000


def raw(account: Account) -> socket.socket:
    return socket.create_connection((account.address, PORT), timeout=15)


def read_all(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def test_bodies_pass_whole_in_both_directions(account, target) -> None:
    def echo(connection: socket.socket) -> None:
        head, _, body = read_head(connection).partition(b"\r\n\r\n")
        assert b"content-length: 3000000" in head.lower()
        while len(body) < BIG:
            body += connection.recv(65536)
        connection.sendall(answer(body.decode()))

    account.serve(forward(blue=1), blue=(target(echo),))
    connection = account.connect()
    connection.request("POST", "/", body=b"a" * BIG)

    assert connection.getresponse().read() == b"a" * BIG


def test_an_answer_in_pieces_passes_piece_by_piece(account, target) -> None:
    more = threading.Event()

    def trickle(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        more.wait(15)
        connection.sendall(b"3\r\ntwo\r\n0\r\n\r\n")

    account.serve(forward(blue=1), blue=(target(trickle),))
    connection = account.connect()
    connection.request("GET", "/")
    got = connection.getresponse()

    first = got.read1()
    more.set()
    assert (first, got.read()) == (b"one", b"two")


def test_an_answer_to_head_has_its_length_and_no_body(account, target) -> None:
    def converse(connection: socket.socket) -> None:
        while read_head(connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")

    account.serve(forward(blue=1), blue=(target(converse),))
    connection = account.connect()
    for _ in range(2):
        connection.request("HEAD", "/")
        got = connection.getresponse()
        assert (got.status, got.headers["Content-Length"], got.read()) == (200, "1234", b"")


def test_headers_of_a_connection_end_with_it(account, target) -> None:
    heads = []

    def converse(connection: socket.socket) -> None:
        heads.append(read_head(connection).lower())
        connection.sendall(answer("blue", "Connection: close, X-Hop", "X-Hop: one", "X-Own: two"))

    account.serve(forward(blue=1), blue=(target(converse),))
    connection = account.connect()
    connection.request("GET", "/", headers={"Connection": "X-Mine", "X-Mine": "a", "Keep-Alive": "9", "X-End": "b"})
    got = connection.getresponse()
    got.read()

    assert b"x-mine" not in heads[0]
    assert b"keep-alive" not in heads[0]
    assert b"x-end: b" in heads[0]
    assert (got.headers["X-Hop"], got.headers["Connection"], got.headers["X-Own"]) == (None, None, "two")


def test_a_connection_that_a_target_will_close_carries_no_other_request(account, target) -> None:
    def once(connection: socket.socket) -> None:
        if read_head(connection):
            connection.sendall(answer("blue", "Connection: close"))

    account.serve(forward(blue=1), blue=(target(once),))
    connection = account.connect()

    assert [ask(connection) for _ in range(50)] == [(200, "blue")] * 50


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


def test_requests_that_come_at_once_on_one_connection_are_answered_in_order(account, target) -> None:
    def converse(connection: socket.socket) -> None:
        while head := read_head(connection):
            connection.sendall(answer(head.split()[1].decode()))

    account.serve(forward(blue=1), blue=(target(converse),))
    client = raw(account)
    client.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: one\r\n\r\n" % number for number in range(5)))
    got = b""
    while got.count(b"HTTP/1.1 200") < 5 or not got.endswith(b"/4"):
        got += client.recv(65536)

    assert [b"/%d" % number in got for number in range(5)] == [True] * 5


def test_a_connection_may_become_another_protocols(account, target) -> None:
    heads = []

    def converse(connection: socket.socket) -> None:
        heads.append(read_head(connection).lower())
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-Own: one\r\n\r\n"
        )
        while words := connection.recv(65536):
            connection.sendall(words.upper())

    account.serve(forward(blue=1), blue=(target(converse),))
    client = raw(account)
    client.sendall(b"GET / HTTP/1.1\r\nHost: one\r\nConnection: keep-alive, Upgrade\r\nUpgrade: echo\r\n\r\n")
    head = read_head(client).lower()
    client.sendall(b"words")

    assert head.startswith(b"http/1.1 101")
    assert (b"upgrade: echo" in head, b"x-own: one" in head, b"upgrade: echo" in heads[0]) == (True, True, True)
    assert client.recv(65536) == b"WORDS"
    account.plane.end([account.network().targets["blue"][0]])  # serves still, so it is left alone
    client.sendall(b"more")
    assert client.recv(65536) == b"MORE"


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
