"""A release that alarms stopped: the first cause, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bluegreen.release.alarm_reason import AlarmState
from bluegreen.release.reason import Reason
from bluegreen.release.trouble import Trouble
from tests.release.conftest import START
from tests.release.reasons.trouble_seen import CRASHES
from tests.release.reasons.words import ALARMS, HOOK

Recorded = Callable[..., Any]
Why = Callable[..., Reason]


def red(since: timedelta, **more: Any) -> AlarmState:
    return AlarmState(name="errors", state="ALARM", since=START + since, **more)


def test_an_alarm_that_went_red_tells_its_metric_value_and_limit(why: Why, ended: Recorded) -> None:
    alarm = red(timedelta(seconds=40), metric="Sum of AWS/x 5XX", condition="more than 5", value=12.0, at="14:00:30")
    quiet = AlarmState(name="latency", state="OK")
    found = why(
        ended("ALARM_ACTIVE", ALARMS.format("<errors>"), "Stopped"), trouble=Trouble(alarms=(alarm, quiet, alarm))
    )
    assert found.cause == (
        "an alarm went red: errors: Sum of AWS/x 5XX was 12 (14:00:30), red when more than 5, ALARM since 14:00:40 UTC"
    )
    assert found.details == (f"CodeDeploy: {ALARMS.format('<errors>')} (ALARM_ACTIVE)",)
    assert "look at what raised the alarm" in found.next_step


def test_a_crash_that_an_alarm_counted_is_what_is_to_be_mended(why: Why, ended: Recorded) -> None:
    trouble = replace(CRASHES, alarms=(red(timedelta(seconds=40), reason="red"),))
    found = why(ended("ALARM_ACTIVE", ALARMS.format("<errors>"), "Stopped"), trouble=trouble)
    assert found.cause == "an alarm went red: errors: red, ALARM since 14:00:40 UTC"
    assert "tasks of the replacement: Essential container in task exited" in found.details[0]
    assert found.next_step.startswith("mend what the last lines of its log say")
    assert found.next_step.endswith("; an alarm that is still red stops that too")


def test_an_alarm_that_was_red_before_the_start_would_stop_the_next_one_too(why: Why, ended: Recorded) -> None:
    trouble = Trouble(alarms=(red(timedelta(seconds=-40), reason="tested by hand"),))
    found = why(ended("ALARM_ACTIVE", ALARMS.format("<errors>"), "Stopped"), trouble=trouble)
    assert found.cause == (
        "an alarm was red already: errors: tested by hand, ALARM since 13:59:20 UTC (before this release started)"
    )
    assert "bring the alarm back to OK first" in found.next_step
    assert "every other one too" in found.next_step


def test_several_alarms_are_each_told_and_one_that_is_gone_as_well(why: Why, ended: Recorded) -> None:
    trouble = Trouble(alarms=(red(timedelta(seconds=40), reason="red"),))
    found = why(ended("ALARM_ACTIVE", ALARMS.format("<gone> <errors>"), "Stopped"), trouble=trouble)
    assert found.cause == "an alarm went red: gone: nothing is known of it any more"
    assert found.details[0] == "errors: red, ALARM since 14:00:40 UTC"


def test_alarms_that_codedeploy_could_not_read_are_its_roles_matter(why: Why, ended: Recorded) -> None:
    found = why(ended("ALARM_ACTIVE", "The alarms of the deployment could not be read: not authorized", "Stopped"))
    assert found.cause.startswith("The alarms of the deployment could not be read: not authorized")
    assert "cloudwatch:DescribeAlarms" in found.next_step


def test_an_alarm_that_is_red_besides_is_said_to_stop_the_next_release(
    why: Why, ended: Recorded, verdict_line: Recorded
) -> None:
    trouble = Trouble(alarms=(red(timedelta(seconds=40), reason="red"),))
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), verdict_line(), trouble=trouble)
    assert "red besides: errors: red, ALARM since 14:00:40 UTC; it stops the next release" in found.details
