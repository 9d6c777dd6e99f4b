"""Rounds of load, in turn on each server, and what they show."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import quota
from .programs import Programs
from .server import Server, serving

ROUNDS = 15
CONNECTIONS = 64
SECONDS = 2.0
PATH = "/one"


@dataclass(frozen=True)
class Round:
    """One server under 64 keep-alive connections."""

    requests_per_second: float
    processor_seconds: float
    """Of one request."""
    idle_bytes: int
    busy_bytes: int
    limited: bool
    """Whether the quota of a quarter processor held."""


def rounds(programs: Programs, servers: Sequence[Path]) -> dict[Path, list[Round]]:
    """Measure the servers in turn, forwards and backwards, so that other work on the machine meets all."""
    taken: dict[Path, list[Round]] = {server: [] for server in servers}
    for number in range(ROUNDS):
        for server in servers if number % 2 == 0 else reversed(servers):
            taken[server].append(_round(programs, server))
    return taken


def _round(programs: Programs, program: Path) -> Round:
    with serving(program) as server, quota.quarter(server.process.pid) as limited:
        ask(programs, server, 1)
        idle, before = server.memory(), server.processor()
        load = _start(programs, server, CONNECTIONS, f"{SECONDS}s")
        busy = _busiest(server, load)
        report = json.loads(load.communicate()[0])
        spent = (server.processor() - before) / report["with_warm_up"]
        return Round(report["requests"] / report["seconds"], spent, idle, busy, limited)


def _busiest(server: Server, load: subprocess.Popen[str]) -> int:
    seen = [server.memory()]
    while load.poll() is None:
        seen.append(server.memory())
        try:
            load.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    return max(seen)


def _start(programs: Programs, server: Server, connections: int, limit: str) -> subprocess.Popen[str]:
    command = [str(programs.load), server.address, PATH, str(connections), limit]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ask(programs: Programs, server: Server, requests: int, connections: int = 1) -> None:
    """Send so many requests; any answer but 200 is an error."""
    load = _start(programs, server, connections, str(requests))
    load.communicate()
    if load.returncode:
        raise RuntimeError(f"the load on {server.address} failed")
