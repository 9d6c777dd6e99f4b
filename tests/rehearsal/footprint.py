"""What a rehearsal could leave behind: processes, which hold its ports."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

# prctl(2): orphans below this process become its children instead of init's.
PR_SET_CHILD_SUBREAPER = 36
LIMIT = 5.0

Footprint = dict[int, str]


def take() -> Footprint:
    """Return the command line of every process that came from this one, by its id.

    Only those: other work of the machine, another checkout's tests too, is none of a rehearsal's.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")
    parents = {int(entry.name): parent for entry in Path("/proc").glob("[0-9]*") if (parent := _parent(entry))}
    return {process: _command(process) for process in parents if _comes_from(os.getpid(), process, parents)}


def settled(before: Footprint) -> Footprint:
    """Look until it is as it was before, for some seconds: the kernel ends a killed child a moment later."""
    deadline = time.monotonic() + LIMIT
    while (found := take()) != before and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def _parent(entry: Path) -> int | None:
    """Return the id of a process's parent; None where it has ended."""
    try:
        state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()
    except OSError:
        return ""


def _comes_from(ancestor: int, process: int, parents: dict[int, int]) -> bool:
    while process := parents.get(process, 0):
        if process == ancestor:
            return True
    return False
