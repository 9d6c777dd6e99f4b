"""One invocation, between the runtime API that the process talks to and who waits for the outcome."""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass

from .function import Function, Outcome

# A runtime that does not ask for its event within this time has failed to start (Lambda's init phase).
INIT_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Event:
    """What the process gets to handle; `deadline` in epoch seconds."""

    request_id: str
    deadline: float
    payload: bytes


class Invocation:
    """Hands out its event once and takes one outcome; every method may be called from any thread."""

    def __init__(self, function: Function, payload: bytes, request_id: str = "") -> None:
        self.function = function
        self.request_id = request_id or str(uuid.uuid4())
        self._payload = payload
        self._changed = threading.Condition()
        self._deadline = time.monotonic() + INIT_SECONDS
        self._begun: float | None = None
        self._outcome: Outcome | None = None
        self._closed = False
        self._idle = False

    def next(self) -> Event | None:
        """Return the event; at the second call wait as a frozen process does, and return None when all is over."""
        with self._changed:
            if self._begun is None:
                self._begun = time.monotonic()
                self._deadline = self._begun + self.function.timeout
                deadline = time.time() + self.function.timeout
                return Event(request_id=self.request_id, deadline=deadline, payload=self._payload)
            self._idle = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed)
            return None

    def end(self, outcome: Outcome) -> None:
        """Take the outcome; only the first one counts."""
        with self._changed:
            self._outcome = self._outcome or outcome
            self._changed.notify_all()

    def close(self) -> None:
        """Let go of a process that waits for its next event."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` until the process is done: it has answered and asks for the next event."""
        with self._changed:
            return self._changed.wait_for(lambda: self._outcome is not None and self._idle, seconds)

    @property
    def outcome(self) -> Outcome | None:
        return self._outcome

    @property
    def expired(self) -> bool:
        """Whether the function's timeout, or before its start the init phase's, is over."""
        return time.monotonic() >= self._deadline

    @property
    def seconds(self) -> float:
        """How long the handler has had its event."""
        return time.monotonic() - self._begun if self._begun is not None else 0.0
