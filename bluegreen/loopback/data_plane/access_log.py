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

SOCKET = "access.sock"
AT_ONCE = 1 << 20  # bytes

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
    (folder / SOCKET).unlink(missing_ok=True)  # of a loopback before, in a folder that stays
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
        milliseconds = record.get("ms")
        return Request(
            load_balancer=record["load_balancer"],
            time=record["time"],
            status=record["status"],
            target=record.get("target", ""),
            seconds=None if milliseconds is None else milliseconds / 1000,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("no record of a request: %r", line[:200])
        return None
