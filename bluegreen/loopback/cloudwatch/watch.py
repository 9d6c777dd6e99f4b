"""Alarms over time: each is evaluated when its interval is over."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from moto.cloudwatch.models import Alarm

from bluegreen.loopback.clock import Clock

from . import reasons
from .alarm_rule import parse
from .change import change
from .evaluation import State, evaluate
from .metric_alarm import MetricAlarm
from .metrics import Metrics

# What was measured in the last moments of an interval may still be on its way here, in real seconds.
LATE = 0.15


class Watch:
    """Evaluates `alarms` (by name, guarded by `lock`) on `metrics`."""

    def __init__(self, clock: Clock, lock: threading.RLock, alarms: Mapping[str, Alarm], metrics: Metrics) -> None:
        self._clock = clock
        self._lock = lock
        self._alarms = alarms
        self._metrics = metrics
        self._seen: dict[str, tuple[Alarm, float]] = {}

    def step(self, now: float) -> None:
        """Evaluate the alarms that are due, and every composite alarm."""
        with self._lock:
            alarms = list(self._alarms.values())
            self._seen = {name: seen for name, seen in self._seen.items() if name in self._alarms}
            for alarm in alarms:
                if alarm.rule is None:
                    self._evaluate(alarm, now)
            for alarm in alarms:
                if alarm.rule is not None:
                    self._combine(alarm, now)

    def _evaluate(self, alarm: Alarm, now: float) -> None:
        wanted = MetricAlarm.of(alarm)
        end = wanted.turn(self._clock, now - LATE)
        if self._seen.get(alarm.name) == (alarm, end):
            return
        self._seen[alarm.name] = (alarm, end)
        points = wanted.points(self._metrics, self._clock, end)
        state = evaluate(wanted.condition, [value for _, value in points])
        if state and state != alarm.state_value:
            reason = reasons.words(wanted.condition, state, points)
            data = reasons.data(wanted.statistic, wanted.period, wanted.condition, points, now)
            change(alarm, state, reason, data, now)

    def _combine(self, alarm: Alarm, now: float) -> None:
        states = {name: State(one.state_value) for name, one in self._alarms.items()}
        state = State.ALARM if parse(alarm.rule or "")(states) else State.OK
        if state != alarm.state_value:
            change(alarm, state, f"{alarm.alarm_arn} transitioned to {state}: {alarm.rule}", "{}", now)
