"""A new state of an alarm, and what its history says of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.models import Alarm

LONGEST_HISTORY = 1000  # entries; AWS keeps those of 30 days


def change(alarm: Alarm, state: str, reason: str, data: str | None, now: float) -> None:
    """Put the alarm in `state` at `now` (epoch seconds) and write that down."""
    old = _described(alarm)
    moved = alarm.state_value != state
    alarm.state_value, alarm.state_reason, alarm.state_reason_data = state, reason, data or "{}"
    alarm.state_updated_timestamp = datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
    if moved:
        alarm.state_transitioned_timestamp = alarm.state_updated_timestamp  # type: ignore[attr-defined]
        note(
            alarm,
            "StateUpdate",
            f"Alarm updated from {old['stateValue']} to {state}",
            {"version": "1.0", "oldState": old, "newState": _described(alarm)},
            now,
        )


def note(alarm: Alarm, kind: str, summary: str, data: dict[str, Any], now: float) -> None:
    """Add an entry of that HistoryItemType to the alarm's history."""
    entry = {
        "AlarmName": alarm.name,
        "AlarmType": "MetricAlarm" if alarm.rule is None else "CompositeAlarm",
        "Timestamp": datetime.fromtimestamp(now, UTC).replace(tzinfo=None),
        "HistoryItemType": kind,
        "HistorySummary": summary,
        "HistoryData": json.dumps(data),
    }
    alarm.history = [*alarm.history, entry][-LONGEST_HISTORY:]


def _described(alarm: Alarm) -> dict[str, Any]:
    return {
        "stateValue": str(alarm.state_value),
        "stateReason": alarm.state_reason,
        "stateReasonData": json.loads(alarm.state_reason_data or "{}"),
    }
