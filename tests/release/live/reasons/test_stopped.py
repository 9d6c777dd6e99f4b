"""A deployment that was stopped: by a listener that moved, a wait that nobody ended, an alarm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.release.live.moment import live, until
from tests.release.live.reasons.end import NAME, Run, events, outcome

pytestmark = pytest.mark.slow


@pytest.fixture
def moved_listener(account: Any) -> Iterator[None]:
    """Point the production listener at a target group without tasks; put it back at the end."""
    elbv2 = account.client("elbv2")
    (listener,) = elbv2.describe_listeners(ListenerArns=[account.made["production"]])["Listeners"]
    before = listener["DefaultActions"]
    (action,) = before
    served = [one for one in action["ForwardConfig"]["TargetGroups"] if one["Weight"]]
    (other,) = {account.made["blue"], account.made["green"]} - {one["TargetGroupArn"] for one in served}
    elbv2.modify_listener(
        ListenerArn=account.made["production"], DefaultActions=[{"Type": "forward", "TargetGroupArn": other}]
    )
    yield
    kept = {"Type": "forward", "ForwardConfig": action["ForwardConfig"]}
    elbv2.modify_listener(ListenerArn=account.made["production"], DefaultActions=[kept])


def test_a_listener_that_was_moved(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str], moved_listener: None
) -> None:
    ended = run("watch", begin(register()), "--json")
    found = events(ended)[-1]
    assert ended.code == 1
    assert found["error_code"] == "ELASTIC_LOAD_BALANCING_INVALID"
    assert "must be behind listener" in found["reason"]
    assert found["next_step"].startswith("point the production listener at the target group of the primary task set")
    assert [one["revision"] for one in found["traffic"]] == [""]


@pytest.fixture
def short_ready_wait(account: Any) -> Iterator[None]:
    """Let a deployment wait for one minute to be continued."""

    def configure(**ready: Any) -> None:
        blue_green = {
            "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 0},
            "deploymentReadyOption": ready,
        }
        account.client("codedeploy").update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, blueGreenDeploymentConfiguration=blue_green
        )

    configure(actionOnTimeout="STOP_DEPLOYMENT", waitTimeInMinutes=1)
    yield
    configure(actionOnTimeout="CONTINUE_DEPLOYMENT")


def test_a_ready_wait_that_nobody_ended(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str], short_ready_wait: None
) -> None:
    found = outcome(run, account, begin(register()), live(account))
    assert (found["status"], found["error_code"]) == ("Stopped", "TIMEOUT")
    assert found["reason"] == "nobody continued it: the ready wait of 1 min is over"
    assert f"`bluegreen continue --environment {NAME}`" in found["next_step"]


def test_an_alarm_that_was_red_before_the_release(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    make_alarm_red: Callable[[], None],
) -> None:
    make_alarm_red()
    found = outcome(run, account, begin(register()), live(account))
    assert (found["status"], found["error_code"]) == ("Stopped", "ALARM_ACTIVE")
    assert found["reason"].startswith(f"an alarm was red already: {NAME}: red (")
    assert "(before this release started)" in found["reason"]
    assert "stops every other one too" in found["next_step"]


@pytest.fixture
def errors_alarm(account: Any) -> Iterator[Callable[[], None]]:
    """Put an alarm that is quiet before every deployment; return what makes it red by its metric."""
    cloudwatch, codedeploy = account.client("cloudwatch"), account.client("codedeploy")
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        Namespace=NAME,
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=5,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="ignore",
    )
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="new")

    def configure(**alarms: Any) -> None:
        codedeploy.update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, alarmConfiguration=alarms
        )

    configure(enabled=True, alarms=[{"name": "errors"}])
    yield lambda: cloudwatch.put_metric_data(Namespace=NAME, MetricData=[{"MetricName": "Errors", "Value": 12.0}])
    configure(enabled=False, alarms=[])
    cloudwatch.delete_alarms(AlarmNames=["errors"])


def test_an_alarm_that_goes_red_tells_its_value_and_limit(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    ready_wait: None,
    errors_alarm: Callable[[], None],
) -> None:
    before = live(account)
    deployment_id = begin(register())
    until(account, deployment_id, "Ready")
    errors_alarm()
    found = outcome(run, account, deployment_id, before)
    assert (found["status"], found["error_code"]) == ("Stopped", "ALARM_ACTIVE")
    assert found["reason"].startswith(f"an alarm went red: errors: Sum of {NAME} Errors was 12 (")
    assert "red when more than 5, ALARM since " in found["reason"]
    assert "look at what raised the alarm" in found["next_step"]
