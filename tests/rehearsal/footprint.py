"""What a rehearsal could leave behind on this machine: processes of its programs, and listening ports."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("rust-api", "broken_one", "bootstrap", "caddy", "terraform", "bluegreen", "terraform-provider")
LISTENING = "0A"
LIMIT = 5.0


@dataclass(frozen=True)
class Footprint:
    """Ids of processes, and `address:port` in hexadecimal as the kernel lists them."""

    processes: frozenset[int]
    ports: frozenset[str]


def take() -> Footprint:
    """Look at the machine as it is now."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    fields = [line.split() for line in lines]
    return Footprint(frozenset(_processes()), frozenset(f[1] for f in fields if f[3] == LISTENING))


def settled(before: Footprint) -> Footprint:
    """Look until it is as it was before, for some seconds: the kernel ends a killed child a moment later."""
    deadline = time.monotonic() + LIMIT
    while (found := take()) != before and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def _processes() -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if any(Path(word).name.startswith(PROGRAMS) for word in words[:3]) or "bluegreen.loopback" in words:
            yield int(entry.name)
