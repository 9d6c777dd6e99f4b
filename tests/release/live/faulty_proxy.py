"""A real HTTP server between a command and the loopback, which fails as networks, proxies and AWS do."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive"})


@dataclass(frozen=True)
class Answer:
    """What the proxy says in place of AWS; `status` 0 says nothing and closes the connection."""

    status: int
    body: bytes = b""
    seconds: float = 0.0
    """How long it takes to say so."""


def refusal(status: int, code: str) -> Answer:
    """An error as AWS's JSON protocols have it."""
    return Answer(status, json.dumps({"__type": code, "message": f"{code} said the proxy"}).encode())


DROPPED = Answer(0)
LOG_IN_PAGE = Answer(200, b"<html><body>Welcome to the hotel</body></html>")
UNAVAILABLE = Answer(503, b"<html>503</html>")
THROTTLED = refusal(400, "ThrottlingException")
EXPIRED = refusal(400, "ExpiredTokenException")


@dataclass
class Proxy:
    """`fault` decides by the operation's name what is answered instead; None lets the request through."""

    backend: str
    fault: Callable[[str], Answer | None] = lambda _: None
    rewrite: Callable[[bytes], bytes] = lambda body: body
    asked: list[str] = field(default_factory=list)
    endpoint: str = ""


@contextmanager
def serve(backend: str) -> Iterator[Proxy]:
    """Serve a proxy in front of the loopback at `backend`."""
    proxy = Proxy(backend)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
            proxy.asked.append(operation)
            answer = proxy.fault(operation)
            if answer is None:
                self._forward(body)
                return
            time.sleep(answer.seconds)
            if answer.status:
                self._send(answer.status, {"Content-Type": "application/x-amz-json-1.1"}, answer.body)
            self.close_connection = True

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - the names that http.server asks for

        def _forward(self, body: bytes) -> None:
            at = urlsplit(proxy.backend)
            behind = http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)
            try:
                behind.request(self.command, self.path, body, dict(self.headers.items()))
                found = behind.getresponse()
                self._send(found.status, dict(found.getheaders()), proxy.rewrite(found.read()))
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

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
