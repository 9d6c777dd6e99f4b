"""CloudWatch's operations that moto lacks, or answers from its own data."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.exceptions import InvalidParameterCombination, InvalidParameterValue, ValidationError
from moto.cloudwatch.models import cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from . import query
from .datum import Metric, is_statistic
from .models import LoopbackCloudWatchBackend


class LoopbackCloudWatchResponse(CloudWatchResponse):
    """From HTTP to the backend and back."""

    @property
    def cloudwatch_backend(self) -> LoopbackCloudWatchBackend:
        """The backend of the request's account and region."""
        backend = cloudwatch_backends[self.current_account][self.region]
        if not isinstance(backend, LoopbackCloudWatchBackend):
            raise TypeError("moto's own CloudWatch backend is in place: call install() before the first request")
        return backend

    def put_composite_alarm(self) -> ActionResult:
        """PutCompositeAlarm: moto keeps it beside the metric alarms."""
        return self.put_metric_alarm()

    def describe_alarms(self) -> ActionResult:
        """DescribeAlarms: of one type where AlarmTypes says so, metric alarms alone where it says nothing.

        Every filter that is given holds; moto heeds the first.
        """
        found: Any = super().describe_alarms().result
        kinds = self._get_param("AlarmTypes") or ["MetricAlarm"]
        if self._get_param("AlarmNames") and not self._get_param("AlarmTypes"):
            kinds = ["MetricAlarm", "CompositeAlarm"]
        members = {"MetricAlarm": "MetricAlarms", "CompositeAlarm": "CompositeAlarms"}
        asked = {name: self._asked_for(found[name]) if kind in kinds else [] for kind, name in members.items()}
        return ActionResult(asked)

    def _asked_for(self, alarms: list[Any]) -> list[Any]:
        state, prefix = self._get_param("StateValue"), self._get_param("ActionPrefix") or ""
        return [
            alarm
            for alarm in alarms
            if state in (None, alarm.state_value)
            and alarm.name.startswith(self._get_param("AlarmNamePrefix") or "")
            and (not prefix or any(action.startswith(prefix) for action in alarm.alarm_actions))
        ]

    def describe_alarm_history(self) -> ActionResult:
        """DescribeAlarmHistory, the newest entry first."""
        name, kind = self._get_param("AlarmName"), self._get_param("HistoryItemType")
        entries = self.cloudwatch_backend.history([name] if name else [])
        entries = [entry for entry in entries if kind in (None, entry["HistoryItemType"])]
        if self._get_param("ScanBy") == "TimestampAscending":
            entries.reverse()
        return ActionResult({"AlarmHistoryItems": entries[: self._get_param("MaxRecords") or 100]})

    def get_metric_statistics(self) -> ActionResult:
        """GetMetricStatistics of the five statistics and of percentiles."""
        words = [*(self._get_param("Statistics") or []), *(self._get_param("ExtendedStatistics") or [])]
        if not words:
            raise InvalidParameterCombination("Must specify either Statistics or ExtendedStatistics")
        _check(words)
        backend, name = self.cloudwatch_backend, self._get_param("MetricName")
        metric = Metric.of(self._get_param("Namespace"), name, self._get_param("Dimensions") or ())
        periods = self._range(self._get_param("Period"))
        points = query.datapoints(backend.metrics, metric, periods, words, self._get_param("Unit"))
        return ActionResult({"Label": name, "Datapoints": points})

    def get_metric_data(self) -> ActionResult:
        """GetMetricData of statistics; expressions are refused."""
        newest_first = self._get_param("ScanBy") != "TimestampAscending"
        results = [self._result(one, newest_first=newest_first) for one in self._get_param("MetricDataQueries", [])]
        return ActionResult({"MetricDataResults": [one for one in results if one], "Messages": []})

    def _result(self, one: dict[str, Any], *, newest_first: bool) -> dict[str, Any] | None:
        if "MetricStat" not in one:
            raise ValidationError(f"The loopback has no metric math: query {one.get('Id')!r} needs a MetricStat")
        _check([one["MetricStat"]["Stat"]])
        periods = self._range(one["MetricStat"]["Period"])
        found = query.result(self.cloudwatch_backend.metrics, one, periods, newest_first=newest_first)
        return found if one.get("ReturnData", True) else None

    def _range(self, period: int) -> query.Range:
        start, end = self._get_param("StartTime"), self._get_param("EndTime")
        if start >= end:
            raise InvalidParameterValue("The parameter StartTime must be less than the parameter EndTime.")
        if int(period) < 1:
            raise InvalidParameterValue("The parameter Period must be at least 1")
        return query.Range(self.cloudwatch_backend.clock, start, end, int(period))


def _check(words: list[str]) -> None:
    for word in words:
        if not is_statistic(word):
            raise InvalidParameterValue(f"The statistic {word} is not supported")
