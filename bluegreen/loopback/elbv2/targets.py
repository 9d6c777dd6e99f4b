"""The targets of one target group, over time: registered, checked, drained, gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .health import (
    CHECK_DISABLED,
    DRAINING,
    NOT_IN_USE,
    NOT_REGISTERED,
    REGISTERED,
    Finding,
    Health,
    State,
    Thresholds,
    after,
)


class Key(NamedTuple):
    """What tells targets apart: the same address may serve on several ports."""

    id: str
    port: int


@dataclass(kw_only=True)
class _Target:
    health: Health
    due: float
    probing: bool = False
    gone_at: float | None = None


class Targets:
    """What a target group knows of its targets; every time is given in epoch seconds.

    Starts as a group that no listener uses: its targets are `unused` and nobody checks them.
    """

    def __init__(self) -> None:
        self._targets: dict[Key, _Target] = {}
        self._start = NOT_IN_USE

    def __iter__(self) -> Iterator[Key]:
        return iter(self._targets)

    def use(self, *, in_use: bool, checked: bool, now: float) -> bool:
        """Say whether a listener or rule uses the group, and whether it has health checks; return if that is new."""
        start = NOT_IN_USE if not in_use else REGISTERED if checked else CHECK_DISABLED
        if start is self._start:
            return False
        self._start = start
        for target in self._registered().values():
            target.health, target.due = start, now
        return True

    def register(self, key: Key, now: float) -> None:
        """Add a target, to be checked at once; one that is registered already stays as it is."""
        if key not in self._registered():
            self._targets[key] = _Target(health=self._start, due=now)

    def deregister(self, key: Key, gone_at: float) -> None:
        """Take a target out: no new requests, `draining` until `gone_at`. An unknown one is left alone, as AWS does."""
        target = self._registered().get(key)
        if target:
            target.health, target.gone_at = DRAINING, gone_at

    def forget_drained(self, now: float) -> list[Key]:
        """Drop the targets whose deregistration delay is over, and return them."""
        over = [key for key, target in self._targets.items() if target.gone_at is not None and target.gone_at <= now]
        for key in over:
            del self._targets[key]
        return over

    def begin_due(self, now: float, interval: float) -> list[Key]:
        """Return the targets to probe now; each one's next probe is `interval` seconds away, never two at a time."""
        if self._start is not REGISTERED:
            return []
        due = [key for key, target in self._registered().items() if target.due <= now and not target.probing]
        for key in due:
            self._targets[key].probing = True
            self._targets[key].due = now + interval
        return due

    def found(self, key: Key, finding: Finding, thresholds: Thresholds) -> Health | None:
        """Take in what a probe found; return the new health if the state changed."""
        target = self._targets.get(key)
        if target is None:
            return None
        before, target.probing = target.health.state, False
        target.health = after(target.health, finding, thresholds)
        return target.health if target.health.state is not before else None

    def health(self, key: Key) -> Health:
        """Return a target's health; an unknown target is `unused`."""
        target = self._targets.get(key)
        return target.health if target else NOT_REGISTERED

    def registered(self) -> tuple[Key, ...]:
        """Return the targets that are not draining."""
        return tuple(self._registered())

    def serving(self) -> tuple[Key, ...]:
        """Return the targets that get requests: the healthy ones, or all when none is (the ALB fails open)."""
        registered = self._registered()
        good = (State.HEALTHY, State.UNAVAILABLE)
        healthy = tuple(key for key, target in registered.items() if target.health.state in good)
        return healthy or tuple(registered)

    def _registered(self) -> dict[Key, _Target]:
        return {key: target for key, target in self._targets.items() if target.gone_at is None}
