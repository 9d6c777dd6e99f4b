"""The lifecycle events of an ECS deployment and their states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

HOOKED = ("BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic")
_ALL = (
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "AllowTestTraffic",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
)
_OF_TEST_TRAFFIC = frozenset({"AllowTestTraffic", "AfterAllowTestTraffic"})


class EventStatus(StrEnum):
    """What AWS calls LifecycleEventStatus, without `Unknown`."""

    PENDING = "Pending"
    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    SKIPPED = "Skipped"


@dataclass(kw_only=True)
class LifecycleEvent:
    """One event; its times are epoch seconds."""

    name: str
    status: EventStatus = EventStatus.PENDING
    started: float | None = None
    ended: float | None = None


@dataclass
class Lifecycle:
    """The events of one deployment, in their order: eight, or six where no test listener is configured."""

    has_test_listener: bool
    events: tuple[LifecycleEvent, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = _ALL if self.has_test_listener else [name for name in _ALL if name not in _OF_TEST_TRAFFIC]
        self.events = tuple(LifecycleEvent(name=name) for name in names)

    def __iter__(self) -> Iterator[LifecycleEvent]:
        return iter(self.events)

    def event(self, name: str) -> LifecycleEvent:
        """Return the event called `name`."""
        return next(event for event in self.events if event.name == name)

    def begin(self, name: str, now: float) -> None:
        """The event is in progress from now on."""
        event = self.event(name)
        event.status, event.started = EventStatus.IN_PROGRESS, now

    def succeed(self, name: str, now: float) -> None:
        """The event is over and did what it should."""
        event = self.event(name)
        event.status, event.ended = EventStatus.SUCCEEDED, now

    def abandon(self, now: float) -> None:
        """End early: the event in progress becomes Failed and later ones Skipped, also when stopped on request."""
        for event in self.events:
            if event.status is EventStatus.IN_PROGRESS:
                event.status, event.ended = EventStatus.FAILED, now
            elif event.status is EventStatus.PENDING:
                event.status = EventStatus.SKIPPED

    def complete(self, now: float) -> None:
        """All at once: what the events of a rollback deployment read, which runs none of them."""
        for event in self.events:
            event.status, event.started, event.ended = EventStatus.SUCCEEDED, now, now
