"""The edge where time enters: one thread that steps everything that happens over time."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from .clock import Clock

INTERVAL = 0.02

log = logging.getLogger(__name__)


class Stepped(Protocol):
    """Something that happens over time, a short step after the other."""

    def step(self, now: float) -> None:
        """Do what is due at `now` (epoch seconds) and return within milliseconds."""
        ...


class Ticker:
    """Calls every `Stepped` in turn, about fifty times a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stepped: list[Stepped] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def add(self, stepped: Stepped) -> None:
        """Step it from now on, in the order of adding."""
        with self._lock:
            self._stepped.append(stepped)

    def start(self) -> None:
        """Begin to step."""
        self._thread.start()

    def tick(self) -> None:
        """Step everything once: what the thread does, for a test with a manual clock."""
        with self._lock:
            stepped = list(self._stepped)
        for one in stepped:
            try:
                one.step(self._clock.now())
            except Exception:
                log.exception("a step of %s failed", type(one).__name__)

    def close(self) -> None:
        """Stop stepping and wait for the step under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(INTERVAL):
            self.tick()
