"""An HTTP server between `bluegreen` and AWS that throttles every other call, as AWS does on a bad day."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "server", "date"})
REFUSAL = json.dumps({"__type": "ThrottlingException", "message": "Rate exceeded"}).encode()


@contextmanager
def every_other_call(backend: str) -> Iterator[tuple[str, list[str]]]:
    """Serve in front of `backend`; give the URL, and the names of the operations that were throttled, which grow."""
    at = urlsplit(backend)
    refused: list[str] = []
    numbers = itertools.count()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
            # The other protocols of AWS word a refusal otherwise; those calls pass.
            if operation and next(numbers) % 2:
                refused.append(operation)
                self._send(400, {"Content-Type": "application/x-amz-json-1.1"}, REFUSAL)
                return
            behind = http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)
            try:
                behind.request(self.command, self.path, body, dict(self.headers.items()))
                found = behind.getresponse()
                self._send(found.status, dict(found.getheaders()), found.read())
            finally:
                behind.close()

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any  # noqa: N815 - the names that it asks for

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", refused
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
