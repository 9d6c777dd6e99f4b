"""Settings of the alarms that stop a release and take it back."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import Allowed, between, each, matching, setting

OWN = 7
"""Alarms that the stack makes for a service: three for each of two target groups, and one for its load balancer."""

MOST = 10
"""Alarms that a deployment group may have."""

_NAME = matching(r"[ -~]{1,255}", "the name of an alarm")


def _minutes() -> Allowed:
    words = "60 to 3600, a multiple of 60"
    schema = {"minimum": 60, "maximum": 3600, "multipleOf": 60}
    return Allowed(words=words, accepts=lambda value: 60 <= value <= 3600 and value % 60 == 0, schema=schema)


@dataclass(frozen=True, kw_only=True)
class AlarmSettings:
    """Alarms on load balancer and target groups; a red one lets no release begin, and takes a running one back."""

    enabled: bool = setting(False, "Make the alarms, and let them stop a release.")
    server_errors: int = setting(5, "Answers 5xx of a target group within a period.", between(1, 1_000_000))
    load_balancer_errors: int = setting(
        5, "Answers 5xx of the load balancer itself, in place of a task's, within a period.", between(1, 1_000_000)
    )
    unhealthy_hosts: int = setting(1, "Unhealthy tasks of a target group at any time of a period.", between(1, 1000))
    latency_ms: int = setting(
        1000, "Milliseconds within which 99 % of a target group's answers begin.", between(1, 900_000)
    )
    period: int = setting(60, "Seconds of a period.", _minutes())
    evaluation_periods: int = setting(2, "Periods in a row beyond a limit before an alarm is red.", between(1, 10))
    extra: tuple[str, ...] = setting(
        (), f"Names of alarms of your own that stop a release too; {MOST} with ours.", each(_NAME, at_most=MOST)
    )
