"""Visitors before a real HTTP server: on time whatever it does, on connections that are kept."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import aiohttp
import pytest

from bluegreen.rehearsal import visitors, visits
from bluegreen.rehearsal.stage import StageError
from bluegreen.rehearsal.visitors import VISITORS, Visitors

ANSWER = b'HTTP/1.1 200 OK\r\nx-task-definition: app:1\r\ncontent-length: 13\r\n\r\n{"key":"one"}'


@dataclass
class Server:
    """Answers each request with 200, but waits while it stalls; `hurry` answers the next ones at once."""

    url: str = ""
    connections: int = 0
    requests: int = 0
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while True:
            try:
                await reader.readuntil(b"\r\n\r\n")
                self.requests += 1
                await self.answering.wait()
                writer.write(ANSWER)
                await writer.drain()
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()
                return

    def stall(self) -> None:
        self.loop.call_soon_threadsafe(self.answering.clear)

    def go_on(self) -> None:
        self.loop.call_soon_threadsafe(self.answering.set)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    listening = server.loop.run_until_complete(asyncio.start_server(server.handle, "127.0.0.1", 0))
    server.answering.set()
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/one"
    thread = threading.Thread(target=server.loop.run_forever)
    thread.start()
    yield server
    server.loop.call_soon_threadsafe(server.loop.stop)
    thread.join()
    listening.close()
    server.loop.run_until_complete(asyncio.sleep(0))
    for task in asyncio.all_tasks(server.loop):
        task.cancel()
    server.loop.run_until_complete(asyncio.sleep(0))
    server.loop.close()


def until(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_hundreds_a_second_are_sent_on_as_many_connections_as_there_are_visitors(server: Server):
    some = Visitors(server.url, rate=300)
    some.start()
    until(lambda: server.requests >= 600)
    found = some.stop()
    assert len(found) == server.requests
    assert server.connections == VISITORS
    assert {(one.status, one.key, one.task_definition) for one in found} == {(200, "one", "app:1")}
    gaps = {round(later.due - earlier.due, 5) for earlier, later in itertools.pairwise(found)}
    assert gaps == {round(1 / 300, 5)}


def test_a_stall_costs_every_visit_that_was_due_meanwhile(server: Server):
    some = Visitors(server.url, rate=200)
    some.start()
    until(lambda: server.requests >= 100)
    server.stall()
    stalled = server.requests
    until(lambda: server.requests >= stalled + 150)
    server.go_on()
    until(lambda: server.requests >= stalled + 200)
    found = some.stop()
    waited = [one.seconds for one in found if one.seconds > 0.1]
    assert len(waited) > 100
    assert max(waited) > 0.5
    assert not [one for one in found if one.unanswered]


def test_nobody_at_the_door_is_an_error_of_each_visit(server: Server):
    closed = Visitors("http://127.0.0.1:9/one", rate=100)
    closed.start()
    until(lambda: closed.due > 20)
    found = closed.stop()
    assert len(found) > 15
    assert all(one.unanswered and "ClientConnectorError" in one.error for one in found)


def test_visitors_whose_record_is_full_say_so(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(visitors, "Visits", lambda: visits.Visits(most=10))
    some = Visitors(server.url, rate=300)
    some.start()
    until(lambda: some.due > 30)
    with pytest.raises(StageError, match="the record is full: 10 visits"):
        some.stop()


def test_no_visit_is_due_before_the_visitors_are_ready(server: Server, monkeypatch: pytest.MonkeyPatch):
    connector = aiohttp.TCPConnector

    def on_a_busy_machine(*, limit: int) -> aiohttp.TCPConnector:
        time.sleep(0.01)
        return connector(limit=limit)

    monkeypatch.setattr(aiohttp, "TCPConnector", on_a_busy_machine)
    some = Visitors(server.url, rate=200)
    some.start()
    until(lambda: server.requests >= 100)
    due, found = some.due, some.stop()

    assert len(found) == pytest.approx(due, abs=20)
