"""How the proxy is steered: HTTP over a unix socket."""

from __future__ import annotations

import http.client
import json
import os
import socket
from pathlib import Path
from typing import Any

ANSWER_SECONDS = 10.0


class AdminError(RuntimeError):
    """The proxy did not take what it was told, or did not answer."""


class GoneError(AdminError):
    """Nobody listens, or the connection broke: the proxy has ended, or is about to."""


class _Connection(http.client.HTTPConnection):
    """HTTP over a unix socket whose path may be longer than the 108 bytes of an address."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        folder = os.open(self._path.parent, os.O_PATH)
        try:
            self.sock = socket.socket(socket.AF_UNIX)
            self.sock.settimeout(self.timeout)
            self.sock.connect(f"/proc/self/fd/{folder}/{self._path.name}")
        finally:
            os.close(folder)


def post(path: Path, what: str, document: Any) -> None:
    """Tell the proxy behind the socket `path` the `document`; returns when it holds.

    Raises:
        GoneError: nobody is there to take it.
        AdminError: it refuses (its words are in the message) or does not answer within `ANSWER_SECONDS`.
    """
    connection = _Connection(path, ANSWER_SECONDS)
    try:
        connection.request("POST", what, json.dumps(document), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        words = answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        kind = GoneError if isinstance(error, ConnectionError) else AdminError
        raise kind(f"the proxy does not answer on {path}: {error}") from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise AdminError(f"the proxy refuses what it is to serve: {words}")


def answers(path: Path) -> bool:
    """Return whether something listens there."""
    connection = _Connection(path, 1.0)
    try:
        connection.connect()
    except OSError:
        return False
    connection.close()
    return True
