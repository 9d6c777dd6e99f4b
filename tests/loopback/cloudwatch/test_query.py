"""What is read of a metric while data come."""

from __future__ import annotations

from datetime import UTC, datetime

from bluegreen.loopback.clock import WallClock
from bluegreen.loopback.cloudwatch.datum import Datum, Metric
from bluegreen.loopback.cloudwatch.metrics import Metrics
from bluegreen.loopback.cloudwatch.query import Range, datapoints

METRIC = Metric(namespace="AWS/ApplicationELB", name="RequestCount")
START, END = (datetime(2026, 1, 1, 0, minute, tzinfo=UTC) for minute in (0, 3))


class Busy(Metrics):
    """Metrics in which a request is counted between any two reads."""

    def between(self, metric: Metric, start: float, end: float, unit: str | None = None) -> list[Datum]:
        found = super().between(metric, start, end, unit)
        self.record(metric, [Datum.of(start, 1.0, unit="Count")])
        return found


def test_a_datapoint_has_every_statistic_of_the_same_data_however_busy_a_metric_is() -> None:
    metrics = Busy(kept=86_400.0)
    periods = Range(WallClock(), START, END, 60)

    assert datapoints(metrics, METRIC, periods, ["Sum", "SampleCount"], None) == []
    points = datapoints(metrics, METRIC, periods, ["Sum", "SampleCount"], None)

    assert [(point["Sum"], point["SampleCount"]) for point in points] == [(1.0, 1.0)] * 3
