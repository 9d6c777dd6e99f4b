"""The ECS task metadata endpoint, as far as the API asks it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TASK = b'{"Family": "rust-blue-green", "Revision": "5"}'


class _Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", str(len(TASK)))
        self.end_headers()
        self.wfile.write(TASK)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        pass


@contextmanager
def metadata() -> Iterator[str]:
    """Serve the metadata of one task, and yield what ECS_CONTAINER_METADATA_URI_V4 would be."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v4/task"
        finally:
            server.shutdown()
            thread.join()
