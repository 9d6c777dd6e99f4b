"""The check for programs that run on asyncio."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING

from route_check._native import start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from route_check.results import Verdict


async def check_routes_async(
    url: str,
    checks: str | Sequence[Mapping[str, Any]],
    expected_task_definition: str | None = None,
    budget: float = 30.0,
) -> Verdict:
    """Does what ``check_routes`` does, with the same arguments and errors, while the event loop runs on.

    Checks that run at the same time do not wait for one another. Each has a thread of its own.

    Raises:
        CheckListError: The check list cannot be used.
        ValueError: ``url``, ``expected_task_definition`` or ``budget`` cannot be used.
        asyncio.CancelledError: The task was cancelled. The check ends with it, and closes its connections.
    """
    loop = asyncio.get_running_loop()
    verdict: asyncio.Future[Verdict] = loop.create_future()
    deliver = partial(_hand_over, loop, verdict)
    running = start(deliver, url, checks, expected_task_definition, budget)
    try:
        return await verdict
    finally:
        running.stop()


def _hand_over(loop: asyncio.AbstractEventLoop, future: asyncio.Future[Verdict], outcome: Verdict | Exception) -> None:
    """Runs in the check's thread: a loop that was closed in the meantime has nobody left who waits."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(_settle, future, outcome)


def _settle(future: asyncio.Future[Verdict], outcome: Verdict | Exception) -> None:
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
