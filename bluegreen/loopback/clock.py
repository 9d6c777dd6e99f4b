"""Time as the loopback sees it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

SECONDS_PER_MINUTE = 60.0


class Clock(Protocol):
    """What every part of the loopback asks for the time."""

    def now(self) -> float:
        """Return the time in epoch seconds, as reported by the API."""
        ...

    def shorten(self, seconds: float) -> float:
        """Return how many real seconds an AWS interval of `seconds` takes here."""
        ...


@dataclass(frozen=True, kw_only=True)
class WallClock:
    """The machine's clock; `minute` is how many real seconds an AWS minute takes."""

    minute: float = SECONDS_PER_MINUTE

    def now(self) -> float:
        return time.time()

    def shorten(self, seconds: float) -> float:
        return seconds * self.minute / SECONDS_PER_MINUTE


@dataclass(kw_only=True)
class ManualClock:
    """A clock that moves only when told: the simulations' time."""

    time: float = 1_700_000_000.0
    minute: float = SECONDS_PER_MINUTE
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.time

    def now(self) -> float:
        return self.time

    def shorten(self, seconds: float) -> float:
        return seconds * self.minute / SECONDS_PER_MINUTE

    def advance(self, seconds: float) -> None:
        """Move on by real `seconds`."""
        self.time += seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the clock was made."""
        return self.time - self._started
