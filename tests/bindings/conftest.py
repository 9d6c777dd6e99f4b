"""A real HTTP server in a thread: the world that the bindings check."""

from __future__ import annotations

import select
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest


@dataclass
class Routes:
    """What the server answers; a test changes it as it needs."""

    url: str = ""
    status: dict[str, int] = field(default_factory=dict)
    body: bytes = b'{"key":"route_one from Blue"}'
    task_definition: str | None = None
    hold: Event | None = None
    paths: set[str] = field(default_factory=set)
    """What was asked for while answers were held."""
    wanted: int = 0
    """How many paths must have been asked for before what is held goes on by itself; at 0 none does."""
    asked: Event = field(default_factory=Event)
    closed: Event = field(default_factory=Event)
    """Set when a client goes away while its answer is held."""


@pytest.fixture
def routes() -> Iterator[Routes]:
    answers = Routes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wait()
            self.send_response(answers.status.get(self.path, 200))
            if answers.task_definition is not None:
                self.send_header("x-task-definition", answers.task_definition)
            self.send_header("content-length", str(len(answers.body)))
            self.end_headers()
            self.wfile.write(answers.body)

        def wait(self) -> None:
            answers.paths.add(self.path)
            answers.asked.set()
            if len(answers.paths) == answers.wanted and answers.hold is not None:
                answers.hold.set()
            while answers.hold is not None and not answers.hold.wait(0.02):
                if select.select([self.connection], [], [], 0)[0]:
                    answers.closed.set()
                    answers.hold.set()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            """Says nothing: pytest's output is for failures."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        answers.url = f"http://127.0.0.1:{server.server_port}"
        yield answers
        if answers.hold is not None:
            answers.hold.set()
        server.shutdown()
