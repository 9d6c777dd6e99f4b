"""An alarm on one metric: what it asks for, as moto keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from moto.cloudwatch.models import Alarm

from bluegreen.loopback.clock import Clock

from .datum import Metric
from .evaluation import Condition, Missing
from .metrics import Metrics
from .reasons import Point

MINUTE = 60.0
SHORTEST = 10.0  # an alarm with a period below a minute is evaluated every ten seconds


@dataclass(frozen=True, kw_only=True)
class MetricAlarm:
    """A metric, a statistic, a period in AWS seconds, and the condition."""

    metric: Metric
    statistic: str
    period: int
    condition: Condition
    unit: str | None = None

    @classmethod
    def of(cls, alarm: Alarm) -> MetricAlarm:
        """Return what moto's record of an alarm on one metric means."""
        pairs = frozenset((one.name or "", one.value or "") for one in alarm.dimensions)
        periods = int(alarm.evaluation_periods)
        return cls(
            metric=Metric(namespace=alarm.namespace, name=alarm.metric_name, dimensions=pairs),
            statistic=alarm.statistic or alarm.extended_statistic or "",
            period=int(alarm.period),
            unit=alarm.unit,
            condition=Condition(
                comparison=alarm.comparison_operator,
                threshold=float(alarm.threshold),
                periods=periods,
                datapoints=int(alarm.datapoints_to_alarm or periods),
                missing=Missing(alarm.treat_missing_data or Missing.MISSING),
            ),
        )

    def turn(self, clock: Clock, now: float) -> float:
        """Return the end of the latest whole interval of evaluation: a minute, or ten seconds for short periods."""
        step = clock.shorten(MINUTE if self.period >= MINUTE else SHORTEST)
        return now // step * step

    def points(self, metrics: Metrics, clock: Clock, end: float) -> list[Point]:
        """Return the datapoints of the periods before `end`, the oldest first."""
        period = clock.shorten(float(self.period))
        starts = [end - period * back for back in range(self.condition.range, 0, -1)]
        values = metrics.values(self.metric, self.statistic, starts, period, self.unit)
        return list(zip(starts, values, strict=True))
