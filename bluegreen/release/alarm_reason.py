"""Why an alarm is in its state: its metric, its limit, the value that crossed it, and since when. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RED = "ALARM"
LIMITS = {
    "GreaterThanThreshold": "more than",
    "GreaterThanOrEqualToThreshold": "at least",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "at most",
}


@dataclass(frozen=True, kw_only=True)
class AlarmState:
    """One alarm; `value` is the newest datapoint that was judged, of the period that began at `at`."""

    name: str
    state: str
    metric: str = ""
    condition: str = ""
    value: float | None = None
    at: str = ""
    since: datetime | None = None
    reason: str = ""

    @property
    def red(self) -> bool:
        """Whether it stops a release."""
        return self.state == RED

    @property
    def words(self) -> str:
        """Name, metric, value and limit; in CloudWatch's words where it has judged no value."""
        since = f", {self.state} since {_time(self.since)}" if self.since else f", {self.state}"
        if self.value is None:
            said = f": {self.reason.rstrip('.')}" if self.reason else ""
            return f"{self.name}{said}{_in_brackets(self.metric, self.condition)}{since}"
        at = f" ({self.at})" if self.at else ""
        return f"{self.name}: {self.metric} was {self.value:g}{at}, red when {self.condition}{since}"

    def before(self, start: datetime | None) -> bool:
        """Whether it was red before a release started."""
        return bool(self.red and start and self.since and self.since < start)


def parse(alarm: Mapping[str, Any]) -> AlarmState:
    """Read a metric or composite alarm of DescribeAlarms."""
    value, at = _last(alarm.get("StateReasonData") or "")
    return AlarmState(
        name=alarm.get("AlarmName", ""),
        state=alarm.get("StateValue", ""),
        metric=_metric(alarm),
        condition=_condition(alarm),
        value=value,
        at=at,
        since=alarm.get("StateTransitionedTimestamp") or alarm.get("StateUpdatedTimestamp"),
        reason=alarm.get("StateReason") or "",
    )


def named_in(message: str) -> tuple[str, ...]:
    """Return the alarms that CodeDeploy's message names: `<one> <two>`."""
    return tuple(re.findall(r"<([^>]+)>", message.partition("Activated alarms:")[2] or message))


def of_message(message: str, known: Iterable[AlarmState]) -> tuple[AlarmState, ...]:
    """Return the alarms that stopped a release: those that the message names, else those that are red."""
    by_name = {one.name: one for one in known}
    names = named_in(message)
    if not names:
        return tuple(one for one in by_name.values() if one.red)
    return tuple(by_name.get(name, AlarmState(name=name, state="")) for name in names)


def lines(alarms: Sequence[AlarmState], start: datetime | None) -> list[str]:
    """Say of each alarm what is known, and whether it was red before the release."""
    return [_line(one, start) for one in alarms]


def _line(alarm: AlarmState, start: datetime | None) -> str:
    if not alarm.state:
        return f"{alarm.name}: nothing is known of it any more"
    early = " (before this release started)" if alarm.before(start) else ""
    return f"{alarm.words}{early}"


def _metric(alarm: Mapping[str, Any]) -> str:
    if alarm.get("AlarmRule"):
        return f"composite of {alarm['AlarmRule']}"
    name = alarm.get("MetricName")
    if not name:
        return "an expression" if alarm.get("Metrics") else ""
    statistic = alarm.get("Statistic") or alarm.get("ExtendedStatistic") or ""
    return f"{statistic} of {alarm.get('Namespace', '')} {name}".strip()


def _condition(alarm: Mapping[str, Any]) -> str:
    if alarm.get("Threshold") is None:
        return ""
    comparison = alarm.get("ComparisonOperator", "")
    return f"{LIMITS.get(comparison, comparison)} {float(alarm['Threshold']):g}"


def _last(data: str) -> tuple[float | None, str]:
    """Take the newest datapoint out of StateReasonData."""
    try:
        said = json.loads(data)
        values = [one for one in said.get("recentDatapoints") or [] if one is not None]
        points = [one for one in said.get("evaluatedDatapoints") or [] if one.get("value") is not None]
    except (ValueError, AttributeError):
        return None, ""
    if points:
        newest = max(points, key=lambda one: str(one.get("timestamp", "")))
        return float(newest["value"]), _clock(str(newest.get("timestamp", "")))
    return (float(values[-1]), "") if values else (None, "")


def _clock(text: str) -> str:
    try:
        return _time(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z"))
    except ValueError:
        return text


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%H:%M:%S} UTC"


def _in_brackets(*parts: str) -> str:
    metric, condition = parts
    text = ", red when ".join(one for one in (metric, condition) if one)
    return f" ({text})" if text else ""
