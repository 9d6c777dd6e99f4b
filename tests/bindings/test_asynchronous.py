"""check_routes_async does what check_routes does, beside everything else that runs on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
import time
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from route_check import CheckListError, check_routes, check_routes_async

if TYPE_CHECKING:
    from .conftest import Routes

ONE = {"path": "/one", "timeout_ms": 60000}


def is_checking() -> bool:
    """Whether a thread of a check is alive: Python did not start it, so its `threading` does not know it."""
    for thread in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            if (thread / "comm").read_text() == "route-check\n":
                return True
    return False


async def until(happened: threading.Event) -> None:
    async with asyncio.timeout(20):
        while not happened.is_set():
            await asyncio.sleep(0.01)


async def test_the_verdict_is_the_same(routes: Routes) -> None:
    routes.status["/two"] = 500
    verdict = await check_routes_async(routes.url, [ONE, {"path": "/two"}], budget=0.2)
    expected = check_routes(routes.url, [ONE, {"path": "/two"}], budget=0.2)
    assert verdict.reason == expected.reason == "/two: expected status 200, got status 500"
    assert [route.passed for route in verdict.routes] == [True, False]


async def test_the_revision_is_proven_too(routes: Routes) -> None:
    routes.task_definition = "rust-blue-green:5"
    assert (await check_routes_async(routes.url, [ONE], "rust-blue-green:5")).passed


async def test_the_event_loop_runs_while_a_check_waits(routes: Routes) -> None:
    routes.hold = threading.Event()
    # The answer is held until the loop that awaits the verdict lets it go.
    asyncio.get_running_loop().call_later(0.05, routes.hold.set)
    assert (await check_routes_async(routes.url, [ONE])).passed


async def test_checks_do_not_wait_for_one_another(routes: Routes) -> None:
    routes.hold, routes.wanted = threading.Event(), 4
    # No answer comes before all of them have asked: one after the other, the first would wait for ever.
    calls = [check_routes_async(routes.url, [ONE | {"path": f"/{number}"}], budget=20) for number in range(4)]
    assert all(verdict.passed for verdict in await asyncio.gather(*calls))


async def test_a_cancelled_check_ends_and_closes_its_connections(routes: Routes) -> None:
    routes.hold = threading.Event()
    check = asyncio.create_task(check_routes_async(routes.url, [ONE], budget=60))
    await until(routes.asked)
    assert is_checking()
    check.cancel()
    with pytest.raises(asyncio.CancelledError):
        await check
    await until(routes.closed)
    async with asyncio.timeout(20):
        while is_checking():
            await asyncio.sleep(0.01)


async def test_a_timeout_ends_a_check(routes: Routes) -> None:
    routes.hold = threading.Event()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(check_routes_async(routes.url, [ONE], budget=60), 0.1)
    await until(routes.closed)


def test_ctrl_c_ends_the_program_as_asyncio_does_it(routes: Routes) -> None:
    routes.hold = threading.Event()
    started = time.monotonic()
    Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(check_routes_async(routes.url, [ONE], budget=60))
    assert time.monotonic() - started < 30


async def test_what_cannot_be_used_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(CheckListError, match="check 0"):
        await check_routes_async("http://127.0.0.1:1", [{}])
    with pytest.raises(ValueError, match="budget: found"):
        await check_routes_async("http://127.0.0.1:1", [ONE], budget=0)


def test_a_loop_that_is_closed_before_the_verdict_hears_nothing_more(
    routes: Routes, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", complaints.append)
    routes.hold = threading.Event()
    loop = asyncio.new_event_loop()
    task = loop.create_task(check_routes_async(routes.url, [ONE], budget=1))
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    # A thread bears its name a moment after it began: one that has asked surely does.
    assert routes.asked.wait(20)
    deadline = time.monotonic() + 20
    while is_checking():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert not task.done()
    assert complaints == []
