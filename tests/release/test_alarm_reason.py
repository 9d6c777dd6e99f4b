"""An alarm's metric, value, limit and times, from what DescribeAlarms returns."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bluegreen.release import alarm_reason

AT = datetime(2026, 11, 22, 14, 3, 10, tzinfo=UTC)
DATA = {
    "version": "1.0",
    "threshold": 5.0,
    "recentDatapoints": [3.0, 12.0],
    "evaluatedDatapoints": [
        {"timestamp": "2026-11-22T14:02:00.000+0000", "value": 12.0},
        {"timestamp": "2026-11-22T14:01:00.000+0000", "value": 3.0},
    ],
}


def alarm(**more: Any) -> dict[str, Any]:
    return {
        "AlarmName": "errors",
        "StateValue": "ALARM",
        "StateReason": "Threshold Crossed: 1 datapoint [12.0] was greater than the threshold (5.0).",
        "StateReasonData": json.dumps(DATA),
        "StateUpdatedTimestamp": AT,
        "Namespace": "AWS/ApplicationELB",
        "MetricName": "HTTPCode_Target_5XX_Count",
        "Statistic": "Sum",
        "Threshold": 5.0,
        "ComparisonOperator": "GreaterThanThreshold",
        **more,
    }


def test_metric_value_time_limit_and_since_when() -> None:
    assert alarm_reason.parse(alarm()).words == (
        "errors: Sum of AWS/ApplicationELB HTTPCode_Target_5XX_Count was 12 (14:02:00 UTC), red when more than 5, "
        "ALARM since 14:03:10 UTC"
    )


def test_without_a_judged_value_cloudwatchs_own_words_are_shown() -> None:
    by_hand = alarm_reason.parse(alarm(StateReason="checked by hand.", StateReasonData="{}"))
    assert by_hand.words == (
        "errors: checked by hand (Sum of AWS/ApplicationELB HTTPCode_Target_5XX_Count, red when more than 5), "
        "ALARM since 14:03:10 UTC"
    )
    assert alarm_reason.parse(alarm(StateReasonData="no JSON")).value is None
    assert alarm_reason.parse(alarm(StateReasonData="[]")).value is None


def test_only_the_recent_values_are_there_on_some_alarms() -> None:
    found = alarm_reason.parse(alarm(StateReasonData=json.dumps({"recentDatapoints": [3.0, None, 7.5]})))
    assert (found.value, found.at) == (7.5, "")


def test_a_composite_alarm_tells_its_rule() -> None:
    found = alarm_reason.parse({"AlarmName": "any", "StateValue": "ALARM", "AlarmRule": "ALARM(a) OR ALARM(b)"})
    assert found.words == "any (composite of ALARM(a) OR ALARM(b)), ALARM"


def test_when_it_changed_counts_and_not_when_it_was_last_judged() -> None:
    earlier = datetime(2026, 11, 22, 13, tzinfo=UTC)
    found = alarm_reason.parse(alarm(StateTransitionedTimestamp=earlier))
    assert found.before(AT)
    assert not alarm_reason.parse(alarm()).before(AT)
    assert not alarm_reason.parse(alarm(StateValue="OK", StateTransitionedTimestamp=earlier)).before(AT)


def test_codedeploys_message_names_them() -> None:
    assert alarm_reason.named_in("Activated alarms: <a b> <c>") == ("a b", "c")
    red, quiet = alarm_reason.parse(alarm()), alarm_reason.parse(alarm(AlarmName="other", StateValue="OK"))
    assert alarm_reason.of_message("", (red, quiet)) == (red,)
    assert alarm_reason.of_message("<other>", (red, quiet)) == (quiet,)
