"""A data plane with real proxies, and what stands behind it."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.data_plane.access_log import Request
from bluegreen.loopback.data_plane.plane import DataPlane
from bluegreen.loopback.data_plane.views import Action, Forward, HttpApi, Listener, LoadBalancer, Network, Rule, Share
from bluegreen.loopback.machine import Machine

PORT = 8000
NAME = "app/one/1"
Conversation = Callable[[socket.socket], None]


class Account:
    """A load balancer with one listener, and its targets and HTTP APIs, as they are now."""

    def __init__(self, plane: DataPlane, address: str) -> None:
        self.plane = plane
        self.address = address
        self.records: list[Request] = []
        self._network = Network()
        plane.add(self)
        plane.access_log.add(self.records.extend)

    def network(self) -> Network:
        return self._network

    def serve(
        self,
        default: Action,
        *rules: Rule,
        apis: tuple[HttpApi, ...] = (),
        idle: int = 60,
        **targets: tuple[str, ...],
    ) -> None:
        """Serve exactly this from now on; `targets` are the addresses of each group."""
        listener = Listener(arn="listener", port=PORT, default=default, rules=rules)
        balancer = LoadBalancer(name=NAME, address=self.address, listeners=(listener,), idle_timeout=idle)
        self._network = Network(load_balancers=(balancer,), targets=targets, apis=apis)
        self.plane.publish()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.address, PORT, timeout=15)

    def get(self, path: str = "/", **headers: str) -> tuple[int, str]:
        """Return status and body of an answer to a connection of its own."""
        return ask(self.connect(), path, **headers)

    def recorded(self) -> list[Request]:
        """Return all records that have come."""
        self.plane.access_log.look()
        return self.records


def ask(connection: http.client.HTTPConnection, path: str = "/", **headers: str) -> tuple[int, str]:
    """Return status and body; an underscore in a header's name stands for a hyphen."""
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def raw(account: Account) -> socket.socket:
    return socket.create_connection((account.address, PORT), timeout=15)


def forward(**weights: int) -> Forward:
    return Forward(shares=tuple(Share(target_group=group, weight=weight) for group, weight in weights.items()))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Machine]:
    here = Machine(folder=tmp_path)
    machine.install(here)
    try:
        yield here
    finally:
        here.close()


@pytest.fixture
def account(host: Machine) -> Account:
    return Account(DataPlane(host), host.addresses.next())


@pytest.fixture
def target(host: Machine) -> Iterator[Callable[[Conversation], str]]:
    """Return a function that starts a target: what it says to each connection that it gets; it returns the address."""
    with contextlib.ExitStack() as stack:

        def start(conversation: Conversation) -> str:
            listener = stack.enter_context(socket.create_server((host.addresses.next(), 3000)))
            stack.callback(listener.shutdown, socket.SHUT_RDWR)  # a thread waits at it, which would keep it open
            threading.Thread(target=_accept, args=(listener, conversation), daemon=True).start()
            address, port = listener.getsockname()
            return f"{address}:{port}"

        yield start


def _accept(listener: socket.socket, conversation: Conversation) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # closed: the test is over
            return
        threading.Thread(target=_converse, args=(connection, conversation), daemon=True).start()


def _converse(connection: socket.socket, conversation: Conversation) -> None:
    with connection, contextlib.suppress(OSError):
        connection.settimeout(15)
        conversation(connection)


def read_head(connection: socket.socket) -> bytes:
    """Return a request as far as its empty line; nothing when the connection has ended."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            return b""
        head += piece
    return head


def read_all(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def answer(words: str, *headers: str) -> bytes:
    """Return an answer as it is written."""
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(words)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + words).encode()


def named(name: str) -> Conversation:
    """Return a target that answers its name, on a connection that it keeps."""

    def converse(connection: socket.socket) -> None:
        while read_head(connection):
            connection.sendall(answer(name))

    return converse
