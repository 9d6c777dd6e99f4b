"""Stands between Terraform and the account, and lets a test do something at a chosen request: kill whoever sent it."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

Asked = str
"""What a request asks for, as in `iam CreateRole` or `s3 PUT /bucket/key`."""


class Proxy:
    """`before` and `after` are called with each request; one that returns True gets no answer."""

    def __init__(self, endpoint: str) -> None:
        self.before: Callable[[Asked], bool] = lambda _asked: False
        self.after: Callable[[Asked], bool] = lambda _asked: False
        self.seen: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, endpoint))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"


def _handler(proxy: Proxy, endpoint: str) -> type[BaseHTTPRequestHandler]:
    host = urlsplit(endpoint).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = _asked(self, body)
            proxy.seen.append(asked)
            if proxy.before(asked):
                self.close_connection = True
                return
            status, headers, content = _forward(host, self, body)
            if proxy.after(asked):
                self.close_connection = True
                return
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _pass  # noqa: N815 - names that the server calls

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the server's name for it

    return Handler


def _forward(host: str, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.putrequest(request.command, request.path, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers.items():
        connection.putheader(name, value)
    connection.endheaders(body or None)
    answer = connection.getresponse()
    content = answer.read()
    dropped = {"transfer-encoding", "connection"} | ({"content-length"} if request.command != "HEAD" else set())
    headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in dropped]
    if request.command != "HEAD":
        headers.append(("Content-Length", str(len(content))))
    connection.close()
    return answer.status, headers, content


def _asked(request: BaseHTTPRequestHandler, body: bytes) -> Asked:
    scope = request.headers.get("Authorization", "").partition("Credential=")[2].split("/")
    service = scope[3] if len(scope) > 3 else "?"
    target = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
    form = parse_qs(body[:4096].decode(errors="replace")).get("Action", [""])[0]
    return f"{service} {target or form or f'{request.command} {request.path}'}"
