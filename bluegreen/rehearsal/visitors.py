"""Visitors of the API: they start before the first release and never stop until the last has ended."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import threading
import time
from contextlib import AsyncExitStack

import aiohttp

from .stage import StageError
from .visits import Visits

VISITORS = 64
"""Each keeps a connection of its own, and opens another only where its last request is still under way."""
CONNECTIONS_EACH = 8
TIME_LIMIT = 10.0


class Visitors:
    """Sends `rate` requests a second on a schedule that no slow answer delays, over keep-alive connections.

    A stalled service thus costs every visit that was due meanwhile: waiting counts from the moment a visit was due.
    """

    def __init__(self, url: str, *, rate: float) -> None:
        self._url = url
        self._interval = 1.0 / rate
        self._visits = Visits()
        self._until = math.inf
        self._failure = ""
        self._begun = threading.Event()
        self.started = math.inf
        """When the first visit was due, in epoch seconds."""
        self._thread = threading.Thread(target=self._visit_all, name="visitors", daemon=True)

    def start(self) -> None:
        """Begin to visit; returns once the first visit is due: on a busy machine it takes a moment to get ready.

        Raises:
            StageError: they do not get ready.
        """
        self._thread.start()
        if not self._begun.wait(TIME_LIMIT):
            raise StageError(f"no visitor was ready within {TIME_LIMIT:.0f} s")

    def stop(self) -> Visits:
        """Send what is due by now and no more, wait for the answers, and return every visit in the order they were due.

        Raises:
            StageError: the visitors had stopped before, or some never end.
        """
        self._until = time.time()
        self._thread.join(TIME_LIMIT * 2)
        if self._thread.is_alive():
            raise StageError("the visitors never ended, so nothing was measured")
        if self._failure:
            raise StageError(f"the visitors stopped by themselves, so nothing was measured: {self._failure}")
        return self._visits

    @property
    def due(self) -> float:
        """How many visits the schedule holds up to now."""
        return max(0.0, time.time() - self.started) / self._interval

    def _visit_all(self) -> None:
        try:
            asyncio.run(self._run())
        except Exception as error:  # in a thread of its own, where nobody else would hear of it
            self._failure = f"{type(error).__name__}: {error}"
            self._begun.set()

    async def _run(self) -> None:
        async with AsyncExitStack() as stack:
            each = [await stack.enter_async_context(_session()) for _ in range(VISITORS)]
            under_way: set[asyncio.Task[None]] = set()
            sessions = itertools.cycle(each)
            due = self.started = time.time()
            self._begun.set()
            while due < self._until:
                row = self._visits.begin(due)
                task = asyncio.create_task(self._visit(next(sessions), row))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                due += self._interval
                await asyncio.sleep(max(0.0, due - time.time()))
            if under_way:
                await asyncio.wait(under_way)

    async def _visit(self, session: aiohttp.ClientSession, row: int) -> None:
        try:
            async with session.get(self._url) as response:
                body = await response.read()
        except Exception as error:  # whatever it was: this visitor got no answer
            self._visits.fail(row, time.time(), f"{type(error).__name__}: {error}")
            return
        revision = response.headers.get("x-task-definition")
        self._visits.answer(row, time.time(), response.status, _key(body), revision)


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS_EACH), timeout=aiohttp.ClientTimeout(total=TIME_LIMIT)
    )


def _key(body: bytes) -> str | None:
    try:
        return json.loads(body)["key"]
    except (ValueError, KeyError, TypeError):
        return None
