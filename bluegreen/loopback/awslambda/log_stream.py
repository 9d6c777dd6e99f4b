"""A log stream of CloudWatch Logs for one sandbox of a function."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime

from moto.logs.models import LogsBackend

from bluegreen.loopback.clock import Clock

from .execution_role import may_log
from .function import Function

TAIL_BYTES = 4096


class LogStream:
    """Writes line by line, from any thread; the log group is made if nobody has made it.

    A function whose role may not write keeps its lines for the tail alone.
    """

    def __init__(self, logs: LogsBackend, function: Function, clock: Clock) -> None:
        self.name = f"{datetime.now(UTC):%Y/%m/%d}/[{function.version}]{uuid.uuid4().hex}"
        self._logs, self._group, self._clock = logs, function.log_group, clock
        self._lock = threading.Lock()
        self._lines: list[str] = []
        self._kept = may_log(function, self.name, new_group=self._group not in logs.groups)
        if self._kept:
            logs.ensure_log_group(self._group)
            logs.create_log_stream(self._group, self.name)

    def write(self, line: str) -> None:
        """Add an event with the time of now."""
        event = {"timestamp": int(self._clock.now() * 1000), "message": line}
        with self._lock:
            self._lines.append(line)
            if self._kept and self._group in self._logs.groups:  # Terraform may have destroyed it meanwhile
                self._logs.put_log_events(self._group, self.name, [event])

    @property
    def tail(self) -> bytes:
        """The last 4 KB, as an invocation with `LogType=Tail` gets them."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines).encode()[-TAIL_BYTES:]
