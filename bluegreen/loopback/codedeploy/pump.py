"""The edge between the ticker and the engine: steps may block on HTTP, so they have a thread of their own."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from .engine import Engine


class Pump:
    """Hands each tick to the engine's thread; ticks that come while a step is under way are dropped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="codedeploy")
        self._under_way: Future[None] | None = None
        self._closed = False

    def step(self, now: float) -> None:  # noqa: ARG002 - every Stepped gets the time
        """Return at once; the engine reads the clock again, when its thread gets to it."""
        if self._closed or self._engine.idle or (self._under_way and not self._under_way.done()):
            return
        self._under_way = self._thread.submit(self._engine.step)

    def close(self) -> None:
        """Stop stepping and wait for the step under way."""
        self._closed = True
        self._thread.shutdown()
