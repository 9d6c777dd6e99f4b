"""The record of an account: each thing that was asked of IAM, by whom, as lines of JSON."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import IO

from .statement import Request


class Record:
    """Appends a line for each request: `caller`, `action`, `resource` (null: not known), `context` and `allowed`.

    `caller` is the ARN of a role, or else the access key that a request was signed with.
    """

    def __init__(self, file: Path) -> None:
        self._file: IO[str] = file.open("a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    def add(self, caller: str, request: Request, *, allowed: bool = True) -> None:
        """Write one line; a request of nobody's role is always allowed."""
        asked = {"action": request.action, "resource": request.resource, "context": dict(request.context)}
        with self._lock:
            self._file.write(json.dumps({"caller": caller, **asked, "allowed": allowed}) + "\n")

    def close(self) -> None:
        self._file.close()


_open: list[Record] = []


def install(record: Record | None) -> None:
    """Write what is asked from now on to `record`, or to nothing."""
    _open[:] = [record] if record else []


def current() -> Record | None:
    """Return where to write what is asked; None where nobody wants to know."""
    return _open[0] if _open else None


def note(caller: str, request: Request, *, allowed: bool = True) -> None:
    """Write to the record, if there is one."""
    if _open:
        _open[0].add(caller, request, allowed=allowed)
