"""GetMetricStatistics and GetMetricData: statistics over periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bluegreen.loopback.clock import Clock

from .datum import Metric, statistic
from .metric_request import seconds_of
from .metrics import Metrics

MOST_PERIODS = 100_800  # GetMetricData's limit of datapoints for one call


class Range:
    """The periods between two times: `period` in AWS seconds, the times in epoch seconds."""

    def __init__(self, clock: Clock, start: datetime, end: datetime, period: int) -> None:
        self.seconds = clock.shorten(float(period))
        first, last = seconds_of(start) // self.seconds, seconds_of(end) / self.seconds
        number = min(MOST_PERIODS, max(0, int(last - first) + (last > int(last))))
        self.starts = [(first + turn) * self.seconds for turn in range(number)]


def datapoints(
    metrics: Metrics, metric: Metric, periods: Range, words: Sequence[str], unit: str | None
) -> list[dict[str, Any]]:
    """Return the Datapoints of GetMetricStatistics, the oldest first; periods without data are left out."""
    result = []
    for start in periods.starts:
        data = metrics.between(metric, start, start + periods.seconds, unit)  # once: more may come at any moment
        if not data:
            continue
        values = {word: statistic(word, data) for word in words}
        percentiles = {word: value for word, value in values.items() if word.startswith("p") and value is not None}
        point = {word: value for word, value in values.items() if not word.startswith("p")}
        point |= {"Timestamp": _time(start), "Unit": data[-1].unit or "None"}
        result.append(point | ({"ExtendedStatistics": percentiles} if percentiles else {}))
    return result


def result(metrics: Metrics, query: Mapping[str, Any], periods: Range, *, newest_first: bool) -> dict[str, Any]:
    """Return the MetricDataResult of a query for one metric's statistic."""
    stat = query["MetricStat"]
    wanted = stat["Metric"]
    metric = Metric.of(wanted["Namespace"], wanted["MetricName"], wanted.get("Dimensions") or ())
    values = metrics.values(metric, stat["Stat"], periods.starts, periods.seconds, stat.get("Unit"))
    points = [(start, value) for start, value in zip(periods.starts, values, strict=True) if value is not None]
    if newest_first:
        points.reverse()
    return {
        "Id": query["Id"],
        "Label": query.get("Label") or wanted["MetricName"],
        "Timestamps": [_time(start) for start, _ in points],
        "Values": [value for _, value in points],
        "StatusCode": "Complete",
    }


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
