"""Asynchronous invocations: accepted at once, run in a thread each, and tried again only where the function says so."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bluegreen.loopback.clock import Clock

from .function import Function, Outcome

# AWS seconds before the second and before the third attempt (Lambda guide, "asynchronous invocation").
WAITS = (60.0, 120.0)

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Event:
    """An attempt at an event; every attempt has the same `request_id`, `due` is in epoch seconds."""

    function: Function
    payload: bytes
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    attempt: int = 0
    due: float = 0.0


class Events:
    """The queue of one account and region; `run` blocks until the function has ended."""

    def __init__(self, run: Callable[[Event], Outcome], clock: Clock) -> None:
        self._run, self._clock = run, clock
        self._waiting: list[Event] = []
        self._lock = threading.Lock()

    def put(self, event: Event) -> None:
        """Run the event now, in a thread of its own."""
        threading.Thread(target=self._attempt, args=(event,), name="event", daemon=True).start()

    def step(self, now: float) -> None:
        """Begin the attempts that are due."""
        with self._lock:
            due = [event for event in self._waiting if event.due <= now]
            self._waiting = [event for event in self._waiting if event.due > now]
        for event in due:
            self.put(event)

    def _attempt(self, event: Event) -> None:
        try:
            outcome = self._run(event)
        except Exception:
            log.exception("the invocation of %s failed in the loopback itself", event.function.name)
            return
        if outcome.failed and event.attempt < event.function.retries:
            due = self._clock.now() + self._clock.shorten(WAITS[event.attempt])
            with self._lock:
                self._waiting.append(replace(event, attempt=event.attempt + 1, due=due))
