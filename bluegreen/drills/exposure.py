"""What a deployment configuration knowingly risks: which share of visitors meets a bad version, and for how long.

Only for versions that pass the hook and turn bad later, or crash. Pure, and derived: from the shift, from the alarms,
and from how often CodeDeploy looks at them. All seconds but those of `allowed` are AWS's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bluegreen.report.figures import NONE, Exposure
from bluegreen.settings.alarms import AlarmSettings
from bluegreen.settings.traffic_shift import PREFIX, own

ALARM_POLL = 10.0
"""Seconds between two looks of CodeDeploy at the alarms: the loopback's. AWS took about 20 s (codedeploy-ecs §6.5)."""
OWN_SECONDS = 2.5
"""Real seconds that no minute shrinks: a machine's own for metrics, evaluation, calls and the way back. Set by hand."""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """The configuration under which a version turns bad."""

    config: str
    """Name of the deployment configuration."""
    alarms: AlarmSettings


def detection(alarms: AlarmSettings) -> float:
    """Return seconds within which CodeDeploy stops a release whose alarm has a reason.

    An alarm is red after `evaluation_periods` whole periods beyond the limit; trouble begins in the midst of one.
    """
    return (alarms.evaluation_periods + 1) * alarms.period + ALARM_POLL


def share(config: str, seconds: float) -> float:
    """Return the largest share of visitors that meets the new version within so many seconds of its shift's start."""
    shift = own(config.removeprefix(PREFIX))
    if shift is None:
        return 1.0
    steps = math.floor(seconds / (shift.minutes * 60))
    if not shift.linear:
        return 1.0 if steps else shift.percent / 100
    return min(1.0, shift.percent * (steps + 1) / 100)


def allowed(risk: Risk | None, minute: float) -> Exposure:
    """Return what is risked in real seconds, where a minute of AWS takes `minute` of them; without a risk: nothing."""
    if risk is None:
        return NONE
    seconds = detection(risk.alarms)
    return Exposure(share(risk.config, seconds), seconds * minute / 60 + OWN_SECONDS)


def within(seen: Exposure, permitted: Exposure, visits: int) -> bool:
    """Whether what was seen of so many visits is within what is permitted, but for the chance in a share."""
    chance = 4 * math.sqrt(permitted.share * (1 - permitted.share) / max(1, visits))
    return seen.share <= permitted.share + chance and seen.seconds <= permitted.seconds
