"""A request on its way through a load balancer, and the answer on its way back."""

from __future__ import annotations

import socket
import threading

from .conftest import PORT, answer, ask, forward, raw, read_head

BIG = 3_000_000


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


def test_a_get_with_a_body_of_unknown_length_arrives_with_it(account, target) -> None:
    def echo(connection: socket.socket) -> None:
        words = read_head(connection)
        while not words.endswith(b"0\r\n\r\n"):
            words += connection.recv(65536)
        connection.sendall(answer(words.partition(b"\r\n\r\n")[2].decode()))

    account.serve(forward(blue=1), blue=(target(echo),))
    connection = account.connect()
    connection.request("GET", "/", body=iter([b"one"]), headers={"Transfer-Encoding": "chunked"}, encode_chunked=True)

    assert connection.getresponse().read() == b"3\r\none\r\n0\r\n\r\n"


def test_a_target_that_speaks_http_1_0_costs_no_client_its_connection(account, target) -> None:
    def old(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold")

    account.serve(forward(blue=1), blue=(target(old),))
    connection = account.connect()

    connection.connect()
    kept = connection.sock
    assert [ask(connection) for _ in range(3)] == [(200, "old")] * 3
    assert connection.sock is kept


def test_a_client_of_http_1_0_needs_to_name_no_host(account, target) -> None:
    heads = []

    def converse(connection: socket.socket) -> None:
        heads.append(read_head(connection).decode().lower())
        connection.sendall(answer("blue"))

    account.serve(forward(blue=1), blue=(target(converse),))
    client = raw(account)
    client.sendall(b"GET / HTTP/1.0\r\n\r\n")

    assert client.recv(65536).startswith(b"HTTP/1.0 200")
    assert f"host: {account.address}:{PORT}\r\n" in heads[0]


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

    places = [got.index(b"\r\n\r\n/%d" % number) for number in range(5)]
    assert places == sorted(places)
