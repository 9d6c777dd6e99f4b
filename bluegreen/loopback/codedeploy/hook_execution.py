"""One invocation of a lifecycle event hook, waiting for its answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(kw_only=True)
class HookExecution:
    """`id` is the opaque LifecycleEventHookExecutionId; the first report stands."""

    id: str
    event: str
    report: str | None = None
    closed: bool = False

    def answer(self, status: str) -> bool:
        """Take the function's report; False where one was taken before or the event is over."""
        if self.closed:
            return False
        self.report, self.closed = status, True
        return True

    def close(self) -> None:
        """Take no report any more."""
        self.closed = True
