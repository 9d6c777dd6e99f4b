"""Which alarms a list of them holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

TOPIC = "arn:aws:sns:us-east-1:123456789012:releases"
RED = {"shop-red", "other-red"}


@pytest.fixture(scope="module")
def cloudwatch(client: Callable[[str], Any]) -> Iterator[Any]:
    """A CloudWatch with four alarms: two red, two of the shop, one that tells a topic."""
    cloudwatch = client("cloudwatch")
    for name in ("shop-red", "shop-quiet", "other-red", "other-quiet"):
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace="N",
            MetricName="Errors",
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="ignore",
            AlarmActions=[TOPIC] if name == "other-red" else [],
        )
        state = "ALARM" if name in RED else "OK"
        cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="set")
    yield cloudwatch
    cloudwatch.delete_alarms(AlarmNames=["shop-red", "shop-quiet", "other-red", "other-quiet"])


@pytest.mark.parametrize(
    ("filters", "listed"),
    [
        ({"StateValue": "ALARM"}, RED),
        ({"AlarmNamePrefix": "shop-", "StateValue": "ALARM"}, {"shop-red"}),
        ({"AlarmNames": ["shop-red", "shop-quiet"], "StateValue": "OK"}, {"shop-quiet"}),
        ({"ActionPrefix": TOPIC, "StateValue": "ALARM"}, {"other-red"}),
        ({"ActionPrefix": TOPIC, "AlarmNamePrefix": "shop-"}, set()),
        ({"AlarmNamePrefix": "nobody-"}, set()),
    ],
)
def test_alarms_are_listed_that_pass_every_filter(cloudwatch: Any, filters: dict[str, Any], listed: set[str]) -> None:
    found = cloudwatch.describe_alarms(**filters)["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in found} == listed
