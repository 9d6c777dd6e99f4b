"""Why an alarm is in its state, in CloudWatch's words and as its JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from .evaluation import Condition, Missing, State

INITIAL = "Unchecked: Initial alarm creation"
COMPARED = {
    "GreaterThanThreshold": "greater than",
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "less than or equal to",
}
TREATED = {Missing.BREACHING: "Breaching", Missing.NOT_BREACHING: "NonBreaching"}

Point = tuple[float, float | None]
"""When a period began, in epoch seconds, and its value."""


def words(condition: Condition, state: State, points: Sequence[Point]) -> str:
    """Return the StateReason."""
    real = [point for point in points if point[1] is not None][-condition.periods :]
    lacking = condition.periods - len(real)
    if state is State.INSUFFICIENT_DATA:
        return f"Insufficient Data: {_counted(lacking, 'datapoint')} unknown."
    if not real:
        treated = f"{_counted(lacking, 'missing datapoint')} treated as [{TREATED[condition.missing]}]."
        return f"Threshold Crossed: no datapoints were received for {_plural(lacking, 'period')} and {treated}"
    return f"Threshold Crossed: {_crossed(condition, state, real)}"


def data(statistic: str, period: int, condition: Condition, points: Sequence[Point], now: float) -> str:
    """Return the StateReasonData; `period` in AWS seconds."""
    real = [(start, value) for start, value in points if value is not None][-condition.periods :]
    document: dict[str, Any] = {
        "version": "1.0",
        "queryDate": _iso(now),
        "startDate": _iso(real[0][0]) if real else None,
        "statistic": statistic,
        "period": period,
        "recentDatapoints": [value for _, value in real],
        "threshold": condition.threshold,
        "evaluatedDatapoints": [{"timestamp": _iso(start), "value": value} for start, value in reversed(real)],
    }
    return json.dumps({name: value for name, value in document.items() if value is not None})


def _crossed(condition: Condition, state: State, real: Sequence[Point]) -> str:
    red = state is State.ALARM
    meant = [(start, value) for start, value in real if condition.breaches(value or 0.0) is red] or real
    listed = ", ".join(f"{value} ({datetime.fromtimestamp(start, UTC):%d/%m/%y %H:%M:%S})" for start, value in meant)
    be = ("was" if len(meant) == 1 else "were") + ("" if red else " not")
    needed = condition.datapoints if red else condition.periods - condition.datapoints + 1
    change = "OK -> ALARM" if red else "ALARM -> OK"
    return (
        f"{len(meant)} out of the last {condition.periods} datapoints [{listed}] {be} "
        f"{COMPARED[condition.comparison]} the threshold ({condition.threshold}) "
        f"(minimum {_plural(needed, 'datapoint')} for {change} transition)."
    )


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _counted(number: int, noun: str) -> str:
    return f"{_plural(number, noun)} {'was' if number == 1 else 'were'}"


def _iso(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
