"""Connections that become another protocol's."""

from __future__ import annotations

import socket

from .conftest import Account, Conversation, forward, named, raw, read_head


def shouts(heads: list[bytes]) -> Conversation:
    """A target that changes to a protocol in which every word comes back louder."""

    def converse(connection: socket.socket) -> None:
        heads.append(read_head(connection).lower())
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: shout\r\nX-Own: one\r\n\r\n"
        )
        while words := connection.recv(65536):
            connection.sendall(words.upper())

    return converse


def changed(account: Account) -> tuple[socket.socket, bytes]:
    """Return a connection that has become another protocol's, and how that was said."""
    client = raw(account)
    client.sendall(b"GET / HTTP/1.1\r\nHost: one\r\nConnection: keep-alive\r\nConnection: Upgrade\r\n")
    client.sendall(b"Upgrade: shout\r\n\r\n")
    return client, read_head(client).lower()


def said(client: socket.socket, words: bytes) -> bytes:
    client.sendall(words)
    return client.recv(65536)


def test_a_connection_may_become_another_protocols(account, target) -> None:
    heads: list[bytes] = []
    account.serve(forward(blue=1), blue=(target(shouts(heads)),))
    client, head = changed(account)

    assert head.startswith(b"http/1.1 101")
    assert all(words in head for words in (b"upgrade: shout", b"connection: upgrade", b"x-own: one"))
    assert all(words in heads[0] for words in (b"upgrade: shout", b"connection: upgrade"))
    assert said(client, b"words") == b"WORDS"


def test_another_protocol_goes_on_until_its_target_has_drained(account, target) -> None:
    old, new = target(shouts([])), target(named("new"))
    account.serve(forward(blue=1), blue=(old,))
    client, _ = changed(account)
    account.serve(forward(blue=1), blue=(new,))

    assert account.get() == (200, "new")
    assert said(client, b"words") == b"WORDS"
    account.plane.end([old])
    assert client.recv(65536) == b""
