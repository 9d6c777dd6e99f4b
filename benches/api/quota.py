"""A quarter of a processor for one process, as Fargate's smallest task has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PERIOD = 100_000
QUOTA = 25_000
"""Microseconds, the second in each of the first: 0.25 vCPU."""
FIRST_VERSION = Path("/sys/fs/cgroup/cpu")
SECOND_VERSION = Path("/sys/fs/cgroup")


@contextmanager
def quarter(pid: int) -> Iterator[bool]:
    """Hold the process to the quota; yields whether this machine lets us."""
    group = _group(pid)
    try:
        yield group is not None
    finally:
        if group is not None:
            (group.parent / "cgroup.procs").write_text(str(pid))
            group.rmdir()


def _group(pid: int) -> Path | None:
    first = FIRST_VERSION.exists()
    group = (FIRST_VERSION if first else SECOND_VERSION) / f"bluegreen-bench-{os.getpid()}"
    try:
        group.mkdir()
    except OSError:
        return None
    try:
        if first:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(QUOTA))
        else:
            (group / "cpu.max").write_text(f"{QUOTA} {PERIOD}")
        (group / "cgroup.procs").write_text(str(pid))
    except OSError:
        group.rmdir()
        return None
    return group
