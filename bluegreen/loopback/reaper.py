"""`python reaper.py [LINE]...`: ends what a killed process could not end itself.

Its standard input is a pipe that only the process it serves can write to: the end of the pipe is the end of that
process, however it came, SIGKILL included. PR_SET_PDEATHSIG reaches children only; a child's own children (Terraform's
plugins, what a task starts) and the files are left to this. It imports nothing of the package: it must start at once.

Lines, those of what is there already as arguments: `child <pid>` a process group has begun, `gone <pid>` it has ended,
`folder <path>` is to be removed, `kept <path>` no longer.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable

# What was killed may still be writing into the folder for a moment.
TRIES, PAUSE = 50, 0.05


def follow(lines: Iterable[str]) -> tuple[set[int], set[str]]:
    """Return the process groups and folders that are left when the lines end."""
    groups: set[int] = set()
    folders: set[str] = set()
    for line in lines:
        word, _, value = line.rstrip("\n").partition(" ")
        match word:
            case "child":
                groups.add(int(value))
            case "gone":
                groups.discard(int(value))
            case "folder":
                folders.add(value)
            case "kept":
                folders.discard(value)
    return groups, folders


def reap(groups: set[int], folders: set[str]) -> None:
    """Kill the groups, then remove the folders."""
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    for _ in range(TRIES):
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        if not any(os.path.lexists(folder) for folder in folders):
            return
        time.sleep(PAUSE)


if __name__ == "__main__":
    reap(*follow(itertools.chain(sys.argv[1:], sys.stdin)))
