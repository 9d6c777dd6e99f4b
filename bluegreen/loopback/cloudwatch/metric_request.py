"""Members of PutMetricData as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from .datum import Datum


def seconds_of(time: datetime) -> float:
    """Return epoch seconds; a time without a zone is in UTC, as moto reads it."""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()


def data_of(member: Mapping[str, Any], now: float) -> list[Datum]:
    """Return the data of one MetricDatum; without a Timestamp they are of `now` (epoch seconds)."""
    time = seconds_of(member["Timestamp"]) if member.get("Timestamp") else now
    unit = member.get("Unit")
    if member.get("Values"):
        counts = member.get("Counts") or [1.0] * len(member["Values"])
        pairs = zip(member["Values"], counts, strict=True)
        return [Datum.of(time, float(value), count=float(count), unit=unit) for value, count in pairs]
    if summary := member.get("StatisticValues"):
        return [
            Datum(
                time=time,
                minimum=float(summary["Minimum"]),
                maximum=float(summary["Maximum"]),
                total=float(summary["Sum"]),
                count=float(summary["SampleCount"]),
                unit=unit,
            )
        ]
    return [Datum.of(time, float(member.get("Value", 0)), unit=unit)]
