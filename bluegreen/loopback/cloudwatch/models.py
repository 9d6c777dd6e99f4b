"""The CloudWatch backend: moto's records, metrics of our own, and alarms that are evaluated."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.exceptions import ResourceNotFound
from moto.cloudwatch.models import Alarm, CloudWatchBackend, MetricDatumBase

from bluegreen.loopback import machine

from . import alarm_request, metric_request, reasons
from .change import change, note
from .datum import Datum, Metric
from .evaluation import State
from .metrics import KEPT_SECONDS, Metrics
from .watch import Watch


class LoopbackCloudWatchBackend(CloudWatchBackend):
    """Alarms move by what was measured; `record` is how other services report."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        host = machine.get()
        self.lock = threading.RLock()
        self.clock = host.clock
        self.metrics = Metrics(self.clock.shorten(KEPT_SECONDS))
        host.ticker.add(Watch(self.clock, self.lock, self.alarms, self.metrics))

    def record(self, metric: Metric, data: Iterable[Datum]) -> None:
        """Take in what a service has measured."""
        self.metrics.record(metric, data)

    # Metrics

    def put_metric_data(self, namespace: str, metric_data: list[dict[str, Any]]) -> None:
        for number, member in enumerate(metric_data, start=1):
            self._validate_parameters_put_metric_data(member, number)
        for member in metric_data:
            metric = Metric.of(namespace, member["MetricName"], member.get("Dimensions") or ())
            self.record(metric, metric_request.data_of(member, self.clock.now()))

    def get_all_metrics(self) -> list[Any]:
        """Return what moto lists, and looks through for ListMetrics."""
        return [
            MetricDatumBase(
                metric.namespace,
                metric.name,
                [{"Name": name, "Value": value} for name, value in sorted(metric.dimensions)],
                None,
            )
            for metric in self.metrics
        ]

    # Alarms

    def put_metric_alarm(self, name: str, *args: Any, **members: Any) -> Alarm:
        alarm_request.check(members)
        with self.lock:
            before = self.alarms.get(name)
            alarm = super().put_metric_alarm(name, *args, **members)
            now = self.clock.now()
            alarm.state_value, alarm.state_reason = State.INSUFFICIENT_DATA, reasons.INITIAL
            alarm.state_updated_timestamp = datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
            if before:
                _keep_state(alarm, before)
            note(alarm, "ConfigurationUpdate", f'Alarm "{name}" {"updated" if before else "created"}', {}, now)
            return alarm

    def delete_alarms(self, alarm_names: list[str]) -> None:
        with self.lock:
            if missing := [name for name in alarm_names if name not in self.alarms]:
                raise ResourceNotFound(f"The following alarms do not exist: {', '.join(missing)}")
            for name in alarm_names:
                self.tagger.delete_all_tags_for_resource(self.alarms.pop(name).alarm_arn)

    def set_alarm_state(self, alarm_name: str, reason: str, reason_data: str, state_value: str) -> None:
        with self.lock:
            alarm = self.alarms.get(alarm_name)
            before = alarm.state_value if alarm else ""
            super().set_alarm_state(alarm_name, reason, reason_data, state_value)
            if alarm:
                alarm.state_value = before
                alarm.history.pop()
                change(alarm, state_value, reason, reason_data, self.clock.now())

    def history(self, alarm_names: Sequence[str]) -> list[dict[str, Any]]:
        """Return the histories of these alarms, or of all, the newest entry first."""
        with self.lock:
            wanted = [alarm for name, alarm in self.alarms.items() if not alarm_names or name in alarm_names]
            entries = [entry for alarm in wanted for entry in alarm.history]
        return sorted(entries, key=lambda entry: entry["Timestamp"], reverse=True)


def _keep_state(alarm: Alarm, before: Alarm) -> None:
    """PutMetricAlarm on an alarm that exists leaves its state as it is."""
    for name in ("state_value", "state_reason", "state_reason_data", "state_updated_timestamp"):
        setattr(alarm, name, getattr(before, name))
    alarm.history = before.history
