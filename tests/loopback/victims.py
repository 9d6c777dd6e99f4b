"""The processes of a loopback, to be killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from .program import alive, children


def command_line(pid: int) -> list[str]:
    """Return the words that a process was started with; none when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
    except OSError:
        return []


def environment(pid: int) -> dict[str, str]:
    """Return the variables of a process; none when it has gone."""
    try:
        lines = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def proxies(loopback: int) -> dict[str, int]:
    """Return the proxies' processes by their names."""
    found = {pid: command_line(pid) for pid in children(loopback)}
    return {
        words[1]: pid for pid, words in found.items() if words and words[0].endswith("/loopback-proxy") and alive(pid)
    }


def tasks(loopback: int) -> list[int]:
    """Return the processes of containers."""
    found = [pid for pid in children(loopback) if "ECS_CONTAINER_METADATA_URI_V4" in environment(pid)]
    return [pid for pid in found if alive(pid)]


def functions(loopback: int) -> list[int]:
    """Return the processes of Lambda functions."""
    return [pid for pid in children(loopback) if "AWS_LAMBDA_RUNTIME_API" in environment(pid) and alive(pid)]


def reaper(loopback: int) -> int:
    """Return the process that ends what a killed loopback leaves; 0 while there is none."""
    found = [pid for pid in children(loopback) if any(one.endswith("reaper.py") for one in command_line(pid))]
    return next((pid for pid in found if alive(pid)), 0)


def of_kind(kind: str, loopback: int) -> list[int]:
    """Return the processes that are a `task`, a `proxy`, a `hook` or the `reaper`."""
    if kind == "proxy":
        return list(proxies(loopback).values())
    if kind == "reaper":
        return [pid for pid in [reaper(loopback)] if pid]
    return tasks(loopback) if kind == "task" else functions(loopback)


def kill(pid: int) -> None:
    """Send SIGKILL; a process that has just gone is as good."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
