"""What CodeDeploy accepts as alarms and as rollback events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .exceptions import Refusal
from .terms import ROLLBACK_EVENTS

MOST_ALARMS = 10
LONGEST_NAME = 255


def check_alarms(configuration: Mapping[str, Any] | None) -> None:
    """Check an alarmConfiguration.

    Raises:
        Refusal: too many, none while enabled, one twice, or a name that is empty or too long.
    """
    if not configuration:
        return
    names = [alarm.get("name") or "" for alarm in configuration.get("alarms") or []]
    if len(names) > MOST_ALARMS:
        raise Refusal("AlarmsLimitExceeded", f"A deployment group has at most {MOST_ALARMS} alarms, not {len(names)}")
    if configuration.get("enabled") and not names:
        raise Refusal("InvalidAlarmConfig", "The alarm configuration is enabled and has no alarms")
    if len(set(names)) < len(names):
        raise Refusal("InvalidAlarmConfig", "The alarm configuration has an alarm twice")
    if any(not 1 <= len(name) <= LONGEST_NAME for name in names):
        raise Refusal("InvalidAlarmConfig", f"An alarm's name has from 1 to {LONGEST_NAME} characters")


def check_rollback(configuration: Mapping[str, Any] | None) -> None:
    """Check an autoRollbackConfiguration.

    Raises:
        Refusal: it is enabled without events, or has an unknown one.
    """
    if not configuration:
        return
    events = configuration.get("events") or []
    unknown = [event for event in events if event not in ROLLBACK_EVENTS]
    if unknown:
        allowed = ", ".join(ROLLBACK_EVENTS)
        raise Refusal("InvalidAutoRollbackConfig", f"Unknown event {unknown[0]}; allowed are {allowed}")
    if configuration.get("enabled") and not events:
        raise Refusal("InvalidAutoRollbackConfig", "Automatic rollback is enabled and has no events")
