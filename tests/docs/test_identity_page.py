"""The Python example on the page about the identity header does what the page says."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

PAGE = (Path(__file__).parents[2] / "docs/identity.md").read_text()
EXAMPLE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]


class Metadata(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/v4/task-id/task" else 404)
        self.end_headers()
        self.wfile.write(b'{"Family": "shop", "Revision": "12"}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        pass


@pytest.fixture
def metadata(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with HTTPServer(("127.0.0.1", 0), Metadata) as server:
        monkeypatch.setenv("ECS_CONTAINER_METADATA_URI_V4", f"http://127.0.0.1:{server.server_port}/v4/task-id")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield
        server.shutdown()
        thread.join()


def shop(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("404 Not Found", [("content-type", "text/plain")])
    return [b"nothing here"]


@pytest.mark.usefixtures("metadata")
def test_the_example_names_the_task_definition_in_every_answer() -> None:
    names: dict[str, Any] = {}
    exec(EXAMPLE, names)  # noqa: S102 - our own page
    seen: list[Any] = []
    body = names["identified"](shop, names["identity"]())({}, lambda *answer: seen.append(answer))
    assert body == [b"nothing here"]
    assert seen == [("404 Not Found", [("content-type", "text/plain"), ("x-task-definition", "shop:12")])]
