"""How production traffic moves: which weight, and how long until the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RoutingType(StrEnum):
    """What AWS calls TrafficRoutingType."""

    ALL_AT_ONCE = "AllAtOnce"
    CANARY = "TimeBasedCanary"
    LINEAR = "TimeBasedLinear"


@dataclass(frozen=True, kw_only=True)
class TrafficRouting:
    """A traffic routing configuration: `percentage` first (canary) or each time (linear), `minutes` between steps."""

    type: RoutingType = RoutingType.ALL_AT_ONCE
    percentage: int = 100
    minutes: int = 0

    @property
    def gradual(self) -> bool:
        """Whether both versions serve for a while, which only an Application Load Balancer can do."""
        return self.type is not RoutingType.ALL_AT_ONCE


ALL_AT_ONCE = TrafficRouting()


@dataclass(frozen=True)
class Shift:
    """Give the replacement `weight` percent, then wait `minutes` (0 after the last)."""

    weight: int
    minutes: int = 0


def schedule(routing: TrafficRouting) -> tuple[Shift, ...]:
    """Return the shifts in order: the first is immediate, the last is 100 with no wait after it.

    Where a linear percentage does not divide 100, the last shift is the remainder.
    """
    if routing.type is RoutingType.CANARY:
        return Shift(routing.percentage, routing.minutes), Shift(100)
    if routing.type is RoutingType.LINEAR:
        weights = range(routing.percentage, 100, routing.percentage)
        return *(Shift(weight, routing.minutes) for weight in weights), Shift(100)
    return (Shift(100),)
