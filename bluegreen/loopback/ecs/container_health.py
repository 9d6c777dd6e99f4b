"""The health check of a container: a command that runs beside it, again and again.

Source: API reference, HealthCheck of ContainerDefinition; the words are Docker's.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bluegreen.loopback.processes import Process

HEALTHY, UNHEALTHY, UNKNOWN = "HEALTHY", "UNHEALTHY", "UNKNOWN"
# In a container these are the task; on this machine each task has an address of its own.
OWN_HOST = re.compile(r"\b(localhost|127\.0\.0\.1)\b")
DEFAULTS = {"interval": 30.0, "timeout": 5.0, "retries": 3.0, "startPeriod": 0.0}


def of_all(states: Iterable[str]) -> str:
    """Return the health of a task from that of its essential containers with a check; empty if none has one."""
    known = set(states)
    return next((one for one in (UNHEALTHY, UNKNOWN, HEALTHY) if one in known), "")


def command(definition: Mapping[str, Any], address: str) -> list[str]:
    """Return the command line of a check in a task that listens on `address`; empty when checks are off."""
    kind, *words = definition["command"]
    words = [OWN_HOST.sub(address, word) for word in words]
    match kind:
        case "CMD-SHELL":
            return ["/bin/sh", "-c", *words]
        case "NONE":
            return []
        case "CMD":
            return words
    return [kind, *words]


@dataclass(kw_only=True)
class ContainerHealth:
    """What the checks of one container have found; times in epoch seconds, `shorten` is real for an AWS second."""

    definition: Mapping[str, Any]
    run: Callable[[Sequence[str]], Process]
    command: Sequence[str]
    started_at: float
    shorten: float
    state: str = UNKNOWN
    _failures: int = 0
    _probe: Process | None = None
    _due: float = 0.0
    _deadline: float = 0.0

    def step(self, now: float) -> None:
        """Look at the check under way, or begin the next when it is due."""
        if self._probe:
            self._look(self._probe, now)
        elif now >= max(self._due, self.started_at + self._seconds("interval")):
            self._begin(now)

    def end(self) -> None:
        """Stop the check under way."""
        if self._probe:
            self._probe.signal(signal.SIGKILL)

    def _begin(self, now: float) -> None:
        try:
            self._probe = self.run(self.command)
        except OSError:
            self._judge(passed=False, now=now)
        else:
            # A process takes its real time, however short a minute is here.
            self._deadline = now + self._number("timeout")

    def _look(self, probe: Process, now: float) -> None:
        code = probe.exit_code()
        if code is None and now < self._deadline:
            return
        probe.signal(signal.SIGKILL)
        self._probe = None
        self._judge(passed=code == 0, now=now)

    def _judge(self, *, passed: bool, now: float) -> None:
        self._due = now + self._seconds("interval")
        if passed:
            self.state, self._failures = HEALTHY, 0
        elif self.state == HEALTHY or now >= self.started_at + self._seconds("startPeriod"):
            self._failures += 1
            if self._failures >= self._number("retries"):
                self.state = UNHEALTHY

    def _number(self, key: str) -> float:
        value = self.definition.get(key)
        return DEFAULTS[key] if value is None else float(value)

    def _seconds(self, key: str) -> float:
        return self._number(key) * self.shorten
