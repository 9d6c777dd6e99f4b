"""What an alarm makes of its datapoints. Pure.

The rules and their examples are those of the CloudWatch user guide, "Configuring how CloudWatch alarms treat missing
data".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import ge, gt, le, lt

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": gt,
    "GreaterThanOrEqualToThreshold": ge,
    "LessThanThreshold": lt,
    "LessThanOrEqualToThreshold": le,
}

# AWS retrieves more datapoints than it evaluates, how many it does not say; its examples have 5 for 3.
EXTRA_PERIODS = 2


class State(StrEnum):
    """The states of an alarm."""

    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


class Missing(StrEnum):
    """What a missing datapoint counts as."""

    MISSING = "missing"
    IGNORE = "ignore"
    BREACHING = "breaching"
    NOT_BREACHING = "notBreaching"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """When an alarm is red: `datapoints` of the latest `periods` are beyond the threshold."""

    comparison: str
    threshold: float
    periods: int
    datapoints: int
    missing: Missing = Missing.MISSING

    @property
    def range(self) -> int:
        """How many periods are looked at."""
        return self.periods + EXTRA_PERIODS

    def breaches(self, value: float) -> bool:
        """Whether a datapoint is beyond the threshold."""
        return COMPARISONS[self.comparison](value, self.threshold)


def evaluate(condition: Condition, values: Sequence[float | None]) -> State | None:
    """Return the state after `values`, the datapoints of the range with the oldest first; None: it stays as it is."""
    real = [value for value in values if value is not None][-condition.periods :]
    red = sum(condition.breaches(value) for value in real)
    lacking = condition.periods - len(real)
    if red >= condition.datapoints:
        return State.ALARM
    if not lacking:
        return State.OK
    match condition.missing:
        case Missing.BREACHING:
            return State.ALARM if red + lacking >= condition.datapoints else State.OK
        case Missing.NOT_BREACHING:
            return State.OK
    if red < len(real):
        return State.OK
    return _only_red(condition, values) if condition.missing is Missing.MISSING else None


def _only_red(condition: Condition, values: Sequence[float | None]) -> State | None:
    """Too few datapoints, none of them good: red once the oldest is as old as it takes, unknown without any."""
    ages = [age for age, value in enumerate(reversed(values), start=1) if value is not None]
    if not ages:
        return State.INSUFFICIENT_DATA
    return State.ALARM if max(ages) >= condition.datapoints else None
