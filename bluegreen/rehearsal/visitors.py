"""Visitors of the API: they start before the first release and never stop until the last has ended."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from dataclasses import dataclass

import aiohttp

from .stage import StageError

CONNECTIONS = 64
TIME_LIMIT = 10.0


@dataclass(frozen=True)
class Visit:
    """One request: when it was due (epoch seconds), how long the visitor waited, and what came back."""

    due: float
    seconds: float
    status: int | None
    key: str | None
    task_definition: str | None
    error: str = ""

    @property
    def answered(self) -> float:
        """Epoch seconds at which the answer was there."""
        return self.due + self.seconds

    @property
    def dropped(self) -> bool:
        """No answer, or the load balancer's instead of the service's."""
        return self.status != 200


class Visitors:
    """Sends `rate` requests a second on a schedule that no slow answer delays, over keep-alive connections.

    A stalled service thus costs every visit that was due meanwhile: waiting counts from the moment a visit was due.
    """

    def __init__(self, url: str, *, rate: float) -> None:
        self._url = url
        self._interval = 1.0 / rate
        self._visits: list[Visit] = []
        self._stop = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="visitors", daemon=True)

    def start(self) -> None:
        """Begin to visit."""
        self._started = time.time()
        self._thread.start()

    def stop(self) -> tuple[Visit, ...]:
        """Send no more, wait for the answers still due, and return every visit in the order they were due.

        Raises:
            StageError: the visitors had stopped before, or some never end.
        """
        self._stop.set()
        self._thread.join(TIME_LIMIT * 2)
        if self._thread.is_alive() or not self._ended:
            raise StageError("the visitors stopped by themselves or never ended, so nothing was measured")
        return tuple(sorted(self._visits, key=lambda visit: visit.due))

    @property
    def due(self) -> float:
        """How many visits the schedule holds up to now."""
        return (time.time() - self._started) / self._interval

    async def _run(self) -> None:
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        timeout = aiohttp.ClientTimeout(total=TIME_LIMIT)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            under_way: set[asyncio.Task[None]] = set()
            due = time.time()
            while not self._stop.is_set():
                task = asyncio.create_task(self._visit(session, due))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                due += self._interval
                await asyncio.sleep(max(0.0, due - time.time()))
            if under_way:
                await asyncio.wait(under_way)
        self._ended = True

    async def _visit(self, session: aiohttp.ClientSession, due: float) -> None:
        try:
            async with session.get(self._url) as response:
                body = await response.read()
                visit = Visit(
                    due=due,
                    seconds=time.time() - due,
                    status=response.status,
                    key=_key(body),
                    task_definition=response.headers.get("x-task-definition"),
                )
        except Exception as error:  # whatever it was: this visitor got no answer
            visit = Visit(due, time.time() - due, None, None, None, error=f"{type(error).__name__}: {error}")
        self._visits.append(visit)


def _key(body: bytes) -> str | None:
    try:
        return json.loads(body)["key"]
    except (ValueError, KeyError, TypeError):
        return None
