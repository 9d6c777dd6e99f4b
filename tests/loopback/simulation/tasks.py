"""The tasks of a simulated task set."""

from __future__ import annotations

from dataclasses import dataclass

STARTS_AFTER, GONE_AFTER = 30.0, 60.0


@dataclass(kw_only=True)
class Tasks:
    """They run `starts_after` seconds after `since` (epoch seconds), and are gone a minute after draining began."""

    since: float
    healthy: bool = True
    starts_after: float = STARTS_AFTER
    draining_since: float | None = None

    @property
    def draining(self) -> bool:
        return self.draining_since is not None

    def running(self, now: float) -> bool:
        return not self.draining and now - self.since >= self.starts_after

    def drain(self, now: float) -> None:
        """Begin to drain; who drains already goes on with it."""
        self.draining_since = now if self.draining_since is None else self.draining_since

    def gone(self, now: float) -> bool:
        return self.draining_since is not None and now - self.draining_since > GONE_AFTER

    def changes(self) -> tuple[float, ...]:
        """Return the times at which something changes by itself."""
        if self.draining_since is not None:
            return (self.draining_since + GONE_AFTER + 0.001,)
        return (self.since + self.starts_after,)
