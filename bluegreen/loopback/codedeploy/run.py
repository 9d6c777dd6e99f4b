"""What the stages of one deployment share: its facts, the role, the time, and the ways to wait.

A stage is a generator: it does what is due, yields, and goes on at the next step. Nothing in it sleeps or knows a
thread, so the same stages run on a wall clock and, a thousand times faster, in a simulation.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TypeVar

from bluegreen.loopback.clock import Clock

from .appspec import AppSpec
from .call_failed import CallFailed
from .deployment import Deployment
from .ending import Ending
from .identifiers import Identifiers
from .role import Role
from .sides import Sides

T = TypeVar("T")
Steps = Generator[None, None, T]
Watch = Callable[[], None]

MINUTE = 60.0
HOUR = 3600.0
POLL_SECONDS = 3.0
FIRST_RETRY_SECONDS = 1.0
LAST_RETRY_SECONDS = 30.0
RETRY_FOR_SECONDS = 5 * MINUTE


@dataclass(kw_only=True)
class Run:
    """One deployment under way; all durations are AWS seconds, shortened by the clock.

    `publish` makes a rollback deployment visible to the API. `due` is when (epoch seconds) the clock alone changes
    something: before it a step only looks whether somebody else did, so a simulation may leave such steps out.
    """

    deployment: Deployment
    role: Role
    clock: Clock
    lock: AbstractContextManager[object]
    identifiers: Identifiers
    publish: Callable[[Deployment], None]
    sides: Sides | None = None
    watches: list[Watch] = field(default_factory=list)
    due: float = 0.0

    @property
    def now(self) -> float:
        """The time in epoch seconds."""
        return self.clock.now()

    def step(self) -> Steps[None]:
        """Let one step pass; then a stop request or an alarm ends the deployment, wherever it is.

        Raises:
            Ending: a watch wants the deployment to end.
        """
        yield
        for watch in self.watches:
            watch()

    def pause(self, seconds: float) -> Steps[None]:
        """Wait, at least a step."""
        self.due = until = self.now + self.clock.shorten(seconds)
        yield from self.step()
        while self.now < until:
            yield from self.step()

    def poll(self, seconds: float, *, due: float) -> Steps[None]:
        """Wait before the next look at something that only others change, until the epoch second `due`."""
        until = min(due, self.now + self.clock.shorten(seconds))
        self.due = due
        yield from self.step()
        while self.now < until:
            yield from self.step()

    def until(self, done: Callable[[], bool], *, limit: float, otherwise: Ending) -> Steps[None]:
        """Wait for a fact; it is looked at before the limit is.

        Raises:
            Ending: `otherwise`, after `limit` seconds.
        """
        self.due = expires = self.now + self.clock.shorten(limit)
        while not done():
            if self.now >= expires:
                raise otherwise
            yield from self.step()

    def call(self, call: Callable[[], T]) -> Steps[T]:
        """Call another service; what may pass (throttling, a server's error) is tried again for five minutes.

        Raises:
            CallFailed: it does not pass, or did not in time.
        """
        expires = self.now + self.clock.shorten(RETRY_FOR_SECONDS)
        wait = FIRST_RETRY_SECONDS
        while True:
            try:
                return call()
            except CallFailed as failure:
                if not failure.passing or self.now >= expires:
                    raise
            yield from self.pause(wait)
            wait = min(2 * wait, LAST_RETRY_SECONDS)

    @property
    def both(self) -> Sides:
        """The sides, known from `Install` on."""
        if self.sides is None:
            raise RuntimeError(f"{self.deployment.id} has not looked at its service yet")
        return self.sides

    @property
    def undoable(self) -> bool:
        """Whether there is something to undo and the original task set has not been given up."""
        return self.sides is not None and self.sides.touched and not self.sides.final

    @property
    def appspec(self) -> AppSpec:
        """What is deployed, known once the guard let the deployment in."""
        if self.deployment.appspec is None:
            raise RuntimeError(f"{self.deployment.id} has not read its revision yet")
        return self.deployment.appspec
