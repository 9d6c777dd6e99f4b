"""Alarms over time."""

from __future__ import annotations

import json
import re

import pytest
from moto.cloudwatch.exceptions import CloudWatchException

from .account import Account


def test_a_new_alarm_knows_nothing_and_stays_so_without_data(account: Account) -> None:
    account.alarm()
    assert (account.state(), account.reason()) == ("INSUFFICIENT_DATA", "Unchecked: Initial alarm creation")
    account.minutes(5)
    assert account.state() == "INSUFFICIENT_DATA"


def test_an_alarm_goes_red_within_a_minute_after_the_one_with_the_error(account: Account) -> None:
    account.alarm(treat_missing_data="notBreaching")
    account.minutes(2)
    assert account.state() == "OK"
    assert account.reason() == (
        "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
        "[NonBreaching]."
    )
    account.errors(3)
    account.minutes(1.2)
    assert account.state() == "ALARM"
    assert re.fullmatch(
        r"Threshold Crossed: 1 out of the last 1 datapoints \[3\.0 \(.*\)\] was greater than the threshold \(0\.0\) "
        r"\(minimum 1 datapoint for OK -> ALARM transition\)\.",
        account.reason(),
    )
    data = json.loads(account.backend.alarms["errors"].state_reason_data)
    assert (data["period"], data["recentDatapoints"], data["threshold"]) == (60, [3.0], 0.0)


def test_it_is_good_again_once_the_error_has_left_the_range(account: Account) -> None:
    account.alarm(treat_missing_data="notBreaching")
    account.errors()
    account.minutes(1.2)
    assert account.state() == "ALARM"
    account.minutes(4)
    assert account.state() == "OK"


def test_an_alarm_asked_for_other_dimensions_sees_nothing(account: Account) -> None:
    account.alarm(dimensions=[], treat_missing_data="notBreaching")
    account.errors()
    account.minutes(2)
    assert account.state() == "OK"


@pytest.mark.parametrize(("statistic", "red"), [("Sum", True), ("Average", False), ("Maximum", False)])
def test_the_statistic_decides_what_is_compared(account: Account, statistic: str, red: bool) -> None:
    account.alarm(statistic=statistic, threshold=3.0)
    for _ in range(4):
        account.errors()
    account.minutes(1.2)
    assert account.state() == ("ALARM" if red else "OK")


def test_a_percentile_leaves_out_the_few_worst(account: Account) -> None:
    account.alarm("p50", statistic=None, extended_statistic="p50", threshold=5.0)
    account.alarm("p99", statistic=None, extended_statistic="p99", threshold=5.0)
    for value in (1.0, 1.0, 1.0, 9.0):
        account.errors(value)
    account.minutes(1.2)
    assert (account.state("p50"), account.state("p99")) == ("OK", "ALARM")


def test_two_minutes_of_three_must_be_red(account: Account) -> None:
    account.alarm(evaluation_periods=3, datapoints_to_alarm=2, treat_missing_data="notBreaching")
    account.errors()
    account.minutes(1.2)
    assert account.state() == "OK"
    account.minutes(1)
    account.errors()
    account.minutes(1.2)
    assert account.state() == "ALARM"


def test_a_period_of_five_minutes_takes_five(account: Account) -> None:
    account.alarm(period=300, threshold=1.0)
    account.errors()
    account.minutes(3)
    assert account.state() == "OK"
    account.errors()
    account.minutes(1.2)
    assert account.state() == "ALARM"


def test_a_state_that_was_set_stands_until_the_next_evaluation(account: Account) -> None:
    account.alarm(treat_missing_data="notBreaching")
    account.minutes(1.5)
    account.backend.set_alarm_state("errors", "told so", "{}", "ALARM")
    account.minutes(0.2)
    assert (account.state(), account.reason()) == ("ALARM", "told so")
    account.minutes(1)
    assert account.state() == "OK"


def test_with_missing_data_ignored_a_state_that_was_set_stands(account: Account) -> None:
    account.alarm(treat_missing_data="ignore")
    account.backend.set_alarm_state("errors", "told so", "{}", "ALARM")
    account.minutes(5)
    assert account.state() == "ALARM"


def test_changing_an_alarm_leaves_its_state(account: Account) -> None:
    account.alarm(treat_missing_data="ignore")
    account.backend.set_alarm_state("errors", "told so", "{}", "ALARM")
    account.alarm(treat_missing_data="ignore", threshold=7.0)
    assert (account.state(), account.reason()) == ("ALARM", "told so")


def test_the_history_tells_every_change_of_state(account: Account) -> None:
    account.alarm(treat_missing_data="notBreaching")
    account.errors()
    account.minutes(6)
    entries = account.backend.history(["errors"])
    assert [entry["HistorySummary"] for entry in reversed(entries)] == [
        'Alarm "errors" created',
        "Alarm updated from INSUFFICIENT_DATA to OK",
        "Alarm updated from OK to ALARM",
        "Alarm updated from ALARM to OK",
    ]


def test_a_composite_alarm_follows_its_rule(account: Account) -> None:
    account.alarm("one", treat_missing_data="ignore")
    account.alarm("two", treat_missing_data="ignore")
    account.rule("both", 'ALARM("one") AND NOT OK(two)')
    account.minutes(0.1)
    assert account.state("both") == "OK"
    account.backend.set_alarm_state("one", "told so", "{}", "ALARM")
    account.minutes(0.1)
    assert account.state("both") == "ALARM"
    account.backend.set_alarm_state("two", "told so", "{}", "OK")
    account.minutes(0.1)
    assert account.state("both") == "OK"


def test_a_deleted_alarm_is_gone_and_cannot_be_deleted_again(account: Account) -> None:
    account.alarm()
    account.backend.delete_alarms(["errors"])
    account.minutes(2)
    assert list(account.backend.describe_alarms()) == []
    with pytest.raises(CloudWatchException):
        account.backend.delete_alarms(["errors"])


@pytest.mark.parametrize(
    "members",
    [
        {"comparison_operator": "GreaterThanUpperThreshold"},
        {"statistic": "Median"},
        {"statistic": None},
        {"extended_statistic": "p99"},
        {"treat_missing_data": "forget"},
        {"datapoints_to_alarm": 2},
        {"evaluation_periods": 0},
        {"period": 45},
        {"period": 3600, "evaluation_periods": 169},
        {"threshold": None},
        {"metric_data_queries": ["any"]},
        {"rule": "ALARM(one"},
        {"rule": "AT_LEAST(1, ALARM, (one))"},
    ],
)
def test_what_cannot_be_evaluated_is_refused(account: Account, members: dict[str, object]) -> None:
    with pytest.raises(CloudWatchException):
        account.alarm("errors", **members)
    assert list(account.backend.describe_alarms()) == []
