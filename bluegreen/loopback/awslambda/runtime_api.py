"""The Lambda runtime API, version 2018-06-01: what a custom runtime's `bootstrap` talks to."""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .function import Outcome
from .invocation import Event, Invocation

PREFIX = "/2018-06-01/runtime"


class RuntimeApi:
    """Serves one invocation on a free port of `host`, while the context is open."""

    def __init__(self, host: str, invocation: Invocation) -> None:
        self._invocation = invocation
        self._server = ThreadingHTTPServer((host, 0), _handler(invocation))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="runtime-api", daemon=True
        )

    @property
    def address(self) -> str:
        """`host:port`, as AWS_LAMBDA_RUNTIME_API has it."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def __enter__(self) -> RuntimeApi:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._invocation.close()
        self._server.shutdown()
        self._server.server_close()


def _handler(invocation: Invocation) -> type[BaseHTTPRequestHandler]:
    return type("RuntimeApiHandler", (_Handler,), {"invocation": invocation})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves in one piece
    invocation: Invocation

    def do_GET(self) -> None:
        if self.path != f"{PREFIX}/invocation/next":
            self._refuse(HTTPStatus.NOT_FOUND, "NotFound", f"no {self.path}")
            return
        event = self.invocation.next()
        if event is None:
            self.close_connection = True
        else:
            self._answer(HTTPStatus.OK, event.payload, self._headers(event))

    def do_POST(self) -> None:
        body = self._body()
        request_id, _, word = self.path.removeprefix(f"{PREFIX}/invocation/").partition("/")
        if self.path == f"{PREFIX}/init/error":
            self._take(Outcome(payload=body, failed=True))
        elif not self.path.startswith(f"{PREFIX}/invocation/") or word not in ("response", "error"):
            self._refuse(HTTPStatus.NOT_FOUND, "NotFound", f"no {self.path}")
        elif request_id != self.invocation.request_id:
            self._refuse(HTTPStatus.BAD_REQUEST, "InvalidRequestID", f"no invocation {request_id}")
        else:
            self._take(Outcome(payload=body, failed=word == "error"))

    def _take(self, outcome: Outcome) -> None:
        self.invocation.end(outcome)
        self._answer(HTTPStatus.ACCEPTED, b'{"status":"OK"}\n')

    def _headers(self, event: Event) -> dict[str, str]:
        return {
            "Lambda-Runtime-Aws-Request-Id": event.request_id,
            "Lambda-Runtime-Deadline-Ms": str(int(event.deadline * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": self.invocation.function.arn,
        }

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():  # trailers
            pass
        return b"".join(chunks)

    def _refuse(self, status: HTTPStatus, kind: str, message: str) -> None:
        self._answer(status, json.dumps({"errorType": kind, "errorMessage": message}).encode())

    def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the standard library
        """Say nothing: the function's log is the function's."""
