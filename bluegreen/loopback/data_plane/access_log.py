"""What the proxy really did: one record for each request, as it was answered."""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import weakref
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .error_pages import NO_TARGET_SOCKET

SOCKET = "access.sock"
LOGGER = "http.log.access."
AT_ONCE = 1 << 20  # bytes
UNKNOWN = "{"  # how Caddy writes a word that it has no value for

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request that was answered.

    `time` in epoch seconds; `target` is the `address:port` that was chosen, empty where none was; `seconds` is how long
    the target took to begin its answer, None where the load balancer answered by itself.
    """

    load_balancer: str
    time: float
    status: int
    target: str = ""
    seconds: float | None = None


Receiver = Callable[[list[Request]], None]


def handlers() -> list[dict[str, Any]]:
    """Return the handlers that let a record say which target was chosen, and when it answered."""
    words = {"target": "{http.reverse_proxy.upstream.hostport}", "ms": "{http.reverse_proxy.upstream.latency_ms}"}
    return [{"handler": "log_append", "key": key, "value": word} for key, word in words.items()]


def read(lines: Iterable[bytes]) -> list[Request]:
    """Return the requests of whole lines; a line that is none is left out."""
    return [request for line in lines if (request := _request(line))]


class AccessLog:
    """A socket in `folder` on which the proxy writes, and those who want to know; `look` reads what has come."""

    def __init__(self, folder: Path) -> None:
        self._receivers: list[Receiver] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._listener = _listen(folder)
        self._rests: dict[socket.socket, bytes] = {}
        self._lock = threading.Lock()
        weakref.finalize(self, self._listener.close)

    @property
    def config(self) -> dict[str, Any]:
        """Caddy's log that goes here, with as little as possible written for each request."""
        left_out = ("request", "resp_headers", "bytes_read", "user_id", "size", "duration")
        names = {"time_key": "t", "time_format": "unix_seconds_float", "name_key": "n"}
        return {
            "writer": {"output": "net", "address": f"unix/{SOCKET}", "soft_start": True},
            "include": [LOGGER.rstrip(".")],
            "encoder": {
                "format": "filter",
                "fields": {name: {"filter": "delete"} for name in left_out},
                "wrap": {"format": "json", "message_key": "", "level_key": "", **names},
            },
        }

    def add(self, receiver: Receiver) -> None:
        """Tell `receiver` of every request from now on, from whichever thread looks."""
        self._receivers = [*self._receivers, receiver]

    def remove(self, receiver: Receiver) -> None:
        """Tell it nothing more."""
        self._receivers = [known for known in self._receivers if known != receiver]

    def look(self) -> None:
        """Read what the proxy has written and tell the receivers."""
        with self._lock:
            lines = [line for connection in self._connections() for line in self._lines(connection)]
        if lines:
            self._tell(read(lines))

    def _connections(self) -> list[socket.socket]:
        with suppress(BlockingIOError):
            connection, _ = self._listener.accept()
            connection.setblocking(False)
            self._rests[connection] = b""
        return list(self._rests)

    def _lines(self, connection: socket.socket) -> list[bytes]:
        try:
            new = connection.recv(AT_ONCE)
        except BlockingIOError:
            return []
        if not new:
            connection.close()
            del self._rests[connection]
            return []
        *lines, self._rests[connection] = (self._rests[connection] + new).split(b"\n")
        return lines

    def _tell(self, requests: list[Request]) -> None:
        for receiver in self._receivers:
            try:
                receiver(requests)
            except Exception:
                log.exception("%d requests were not counted", len(requests))


def _listen(folder: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    opened = os.open(folder, os.O_PATH)
    try:
        listener.bind(f"/proc/self/fd/{opened}/{SOCKET}")  # the path itself may be too long for an address
    finally:
        os.close(opened)
    listener.listen()
    listener.setblocking(False)
    return listener


def _request(line: bytes) -> Request | None:
    try:
        record = json.loads(line)
        chosen, answered = _target(record.get("target")), record.get("ms")
        return Request(
            load_balancer=record["n"].removeprefix(LOGGER),
            time=record["t"],
            status=record["status"],
            target=chosen,
            seconds=answered / 1000 if chosen and isinstance(answered, int | float) else None,
        )
    except (ValueError, KeyError, TypeError):
        log.warning("no record of a request: %r", line[:200])
        return None


def _target(word: str | None) -> str:
    """Return who was chosen: nobody when the word has no value, and when the group had no target."""
    return "" if not word or word.startswith(UNKNOWN) or word in NO_TARGET_SOCKET else word
