"""What many checks at once cost through the Python module, beside one: threads that waited for the GIL would add up."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from route_check import Verdict, check_routes, check_routes_async

from .figure import Figure

ROUNDS = 7
AT_ONCE = 8
SECONDS = 0.5
"""After which the server gives an answer, as in the hook's own figure."""
MOST_RATIO = 1.25
CHECKS = [{"path": "/slow"}]
# In a process of its own: it must not take the interpreter from the threads that are measured.
SERVER = f"""
import asyncio

async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    await asyncio.sleep({SECONDS})
    writer.write(b"HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\nconnection: close\\r\\n\\r\\nok")
    await writer.drain()
    writer.close()

async def main():
    servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range({AT_ONCE})]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def measure() -> list[Figure]:
    """Take turns, so that other work on the machine meets all three."""
    alone: list[float] = []
    threads: list[float] = []
    tasks: list[float] = []
    with _slow_servers() as urls:
        for _ in range(ROUNDS):
            alone.append(_seconds(lambda: [check_routes(urls[0], CHECKS)]))
            threads.append(_seconds(lambda: _threads(urls)))
            tasks.append(_seconds(lambda: asyncio.run(_tasks(urls))))
    return [
        _figure(f"bindings: {AT_ONCE} threads check {AT_ONCE} slow servers", threads, alone),
        _figure(f"bindings: {AT_ONCE} checks on one event loop, {AT_ONCE} slow servers", tasks, alone),
    ]


def _figure(what: str, values: list[float], alone: list[float]) -> Figure:
    return Figure(
        what=what,
        values=values,
        reference="one check of one of them",
        reference_values=alone,
        most_ratio=MOST_RATIO,
    )


def _threads(urls: list[str]) -> list[Verdict]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda url: check_routes(url, CHECKS), urls))


async def _tasks(urls: list[str]) -> list[Verdict]:
    return await asyncio.gather(*(check_routes_async(url, CHECKS) for url in urls))


def _seconds(check: Callable[[], list[Verdict]]) -> float:
    started = time.monotonic()
    verdicts = check()
    seconds = time.monotonic() - started
    for verdict in verdicts:
        if not verdict.passed:
            raise RuntimeError(f"nothing to measure: {verdict.reason}")
    return seconds


@contextlib.contextmanager
def _slow_servers() -> Iterator[list[str]]:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as child:
        try:
            ports = child.stdout.readline().split() if child.stdout else []
            yield [f"http://127.0.0.1:{port}" for port in ports]
        finally:
            child.terminate()
