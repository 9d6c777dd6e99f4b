"""Probes run on one event loop in a thread of its own, however many targets there are."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from .health import Finding
from .probe import Probe


class Prober:
    """Runs probes and reports each finding from its thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="health-checks", daemon=True)

    def start(self, probe: Probe, report: Callable[[Finding], None]) -> None:
        """Probe, and hand the finding to `report`; returns at once."""
        if not self._thread.is_alive():
            self._thread.start()
        asyncio.run_coroutine_threadsafe(_run(probe, report), self._loop)


async def _run(probe: Probe, report: Callable[[Finding], None]) -> None:
    report(await probe.run())
