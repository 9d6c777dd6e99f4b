"""CloudWatch as a client would use it, without HTTP: requests in, states and reasons out."""

from __future__ import annotations

from typing import Any

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.cloudwatch.datum import Datum, Metric
from bluegreen.loopback.cloudwatch.models import LoopbackCloudWatchBackend
from bluegreen.loopback.machine import Machine

ERRORS = Metric(namespace="N", name="Errors", dimensions=frozenset({("LoadBalancer", "app/one/1")}))


class Account:
    """A CloudWatch backend and its clock; times are in AWS minutes since the start."""

    def __init__(self, here: Machine) -> None:
        assert isinstance(here.clock, ManualClock)
        self._here, self.clock = here, here.clock
        self.backend = LoopbackCloudWatchBackend("us-east-1", "123456789012")
        self.minutes(0.99 - (self.clock.now() / self.clock.minute) % 1)

    def alarm(self, name: str = "errors", **members: Any) -> None:
        """Put an alarm on the sum of errors in a minute being above zero."""
        given = {
            "namespace": "N",
            "metric_name": "Errors",
            "dimensions": [{"Name": "LoadBalancer", "Value": "app/one/1"}],
            "statistic": "Sum",
            "comparison_operator": "GreaterThanThreshold",
            "threshold": 0.0,
            "period": 60,
            "evaluation_periods": 1,
            "description": "",
            "alarm_actions": [],
        }
        self.backend.put_metric_alarm(name, **(given | members))

    def rule(self, name: str, rule: str) -> None:
        """Put a composite alarm."""
        self.alarm(name, rule=rule, namespace=None, metric_name=None, statistic=None)

    def errors(self, value: float = 1.0) -> None:
        """Report errors of now."""
        self.backend.record(ERRORS, [Datum.of(self.clock.now(), value)])

    def minutes(self, number: float) -> None:
        """Let AWS minutes go by, evaluated as often as in a real account."""
        end = self.clock.now() + number * self.clock.minute
        while self.clock.now() < end:
            self.clock.advance(min(0.02, end - self.clock.now()))
            self._here.ticker.tick()

    def state(self, name: str = "errors") -> str:
        return str(self.backend.alarms[name].state_value)

    def reason(self, name: str = "errors") -> str:
        return self.backend.alarms[name].state_reason
