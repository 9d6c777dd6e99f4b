"""An HTTP server between a client and the loopback: it passes calls on, or answers them as AWS does on a bad day."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive"})
PATIENCE = 60.0
"""Seconds that the loopback has for an answer."""


@dataclass(frozen=True)
class Answer:
    """What is said in place of AWS; `status` 0 says nothing and closes the connection."""

    status: int
    body: bytes = b""
    seconds: float = 0.0
    """How long it takes to say so."""


def refusal(status: int, code: str, message: str) -> Answer:
    """Return an error as AWS's JSON protocols have it."""
    return Answer(status, json.dumps({"__type": code, "message": message}).encode())


@dataclass
class Between:
    """`fault` decides by the operation's name what is answered instead; None lets the call through.

    The operation has a name in AWS's JSON protocols alone; in the others it is empty.
    """

    backend: str
    fault: Callable[[str], Answer | None] = lambda _: None
    rewrite: Callable[[bytes], bytes] = lambda body: body
    asked: list[str] = field(default_factory=list)
    endpoint: str = ""


@contextmanager
def serve(backend: str) -> Iterator[Between]:
    """Serve in front of `backend`, on a free port of this machine."""
    between = Between(backend)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"between": between}))
    between.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield between
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    between: Between

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        self.between.asked.append(operation)
        answer = self.between.fault(operation)
        if answer is None:
            self._forward(body)
            return
        time.sleep(answer.seconds)
        if answer.status:
            self._send(answer.status, {"Content-Type": "application/x-amz-json-1.1"}, answer.body)
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any  # noqa: N815 - the names that http.server asks for

    def _forward(self, body: bytes) -> None:
        at = urlsplit(self.between.backend)
        behind = http.client.HTTPConnection(at.hostname or "", at.port, timeout=PATIENCE)
        try:
            behind.request(self.command, self.path, body, dict(self.headers.items()))
            found = behind.getresponse()
            self._send(found.status, dict(found.getheaders()), self.between.rewrite(found.read()))
        finally:
            behind.close()

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Stay silent."""
