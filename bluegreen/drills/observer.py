"""Looks at the account while a drill is played: the production listener's weights, and the alarms."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from botocore.exceptions import BotoCoreError, ClientError

from .service import Service

POLL = 0.4


@dataclass(frozen=True)
class WeightSeen:
    """`at` in epoch seconds; the share of the target group that was live at first, and of the other, in percent."""

    at: float
    blue: float
    green: float


@dataclass(frozen=True)
class AlarmSeen:
    """`at` in epoch seconds."""

    at: float
    name: str
    state: str


@dataclass
class Observer:
    """Starts when made; every change that was seen is kept."""

    service: Service
    weights: list[WeightSeen] = field(default_factory=list)
    alarms: list[AlarmSeen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._blue = self.service.serving()
        self._states: dict[str, str] = {}
        self._stop = threading.Event()
        self._look()
        self.alarms.clear()  # what holds at first is no change
        self._thread = threading.Thread(target=self._watch, name="observer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look once more and no more."""
        self._stop.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        while not self._stop.wait(POLL):
            self._look()

    def _look(self) -> None:
        try:
            self._look_at_weights()
            self._look_at_alarms()
        except (BotoCoreError, ClientError):
            return  # a moment later it is looked at again

    def _look_at_weights(self) -> None:
        weights = self.service.weights()
        total = sum(weights.values()) or 1
        blue = 100 * weights.get(self._blue, 0) / total
        if not self.weights or self.weights[-1].blue != blue:
            self.weights.append(WeightSeen(time.time(), blue, 100 - blue))

    def _look_at_alarms(self) -> None:
        found = self.service.stage.client("cloudwatch").describe_alarms(
            AlarmNamePrefix=f"{self.service.settings.prefix}-"
        )["MetricAlarms"]
        for alarm in found:
            name, state = alarm["AlarmName"], alarm["StateValue"]
            if self._states.get(name) != state:
                self._states[name] = state
                self.alarms.append(AlarmSeen(alarm["StateUpdatedTimestamp"].timestamp(), name, state))
