"""Alarms on both target groups and on the load balancer, and what they do to a release."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bluegreen.infra.stack_json import Resource, StackJson
from bluegreen.settings.alarms import OWN

The = Callable[..., Resource]
ALARM = "aws_cloudwatch_metric_alarm"


def test_without_the_setting_there_is_no_alarm(sample: StackJson, the: The) -> None:
    assert list(sample.resources(ALARM)) == []
    assert "alarm_configuration" not in the("aws_codedeploy_deployment_group")


@pytest.mark.parametrize("color", ["blue", "green"])
def test_errors_unhealthy_tasks_and_slow_answers_of_each_target_group_are_watched(
    color: str, production: StackJson
) -> None:
    alarms = {alarm["alarm_name"]: alarm for _, alarm in production.resources(ALARM)}
    limits = {
        "5xx": ("HTTPCode_Target_5XX_Count", "Sum", 5),
        "unhealthy-hosts": ("UnHealthyHostCount", "Maximum", 1),
        "latency": ("TargetResponseTime", "p99", 1),
    }
    for name, (metric, statistic, threshold) in limits.items():
        alarm = alarms[f"production-{color}-{name}"]
        assert (alarm["metric_name"], alarm["threshold"]) == (metric, threshold)
        assert alarm.get("statistic") or alarm.get("extended_statistic") == statistic
        assert alarm["comparison_operator"] == "GreaterThanOrEqualToThreshold"
        group = production.referred(alarm["dimensions"]["TargetGroup"])[1]
        assert group["name"] == f"production-cluster-{color}"


def test_what_the_load_balancer_answers_in_a_dead_task_s_place_is_watched(production: StackJson) -> None:
    (alarm,) = [one for _, one in production.resources(ALARM) if set(one["dimensions"]) == {"LoadBalancer"}]
    assert alarm["alarm_name"] == "production-load-balancer-5xx"
    assert (alarm["metric_name"], alarm["statistic"], alarm["threshold"]) == ("HTTPCode_ELB_5XX_Count", "Sum", 5)
    assert (alarm["period"], alarm["evaluation_periods"]) == (60, 2)
    assert alarm["comparison_operator"] == "GreaterThanOrEqualToThreshold"
    assert production.referred(alarm["dimensions"]["LoadBalancer"])[0].startswith("aws_lb.")


def test_a_service_has_as_many_alarms_as_its_settings_count(production: StackJson) -> None:
    assert len(list(production.resources(ALARM))) == OWN


def test_idle_is_no_reason_for_alarm(production: StackJson) -> None:
    assert {alarm["treat_missing_data"] for _, alarm in production.resources(ALARM)} == {"notBreaching"}


def test_a_red_alarm_stops_a_release_and_rolls_it_back(production: StackJson) -> None:
    group = production.one("aws_codedeploy_deployment_group")
    watched = [production.referred(name)[1]["alarm_name"] for name in group["alarm_configuration"]["alarms"]]
    assert group["alarm_configuration"]["enabled"] is True
    assert sorted(watched) == sorted(alarm["alarm_name"] for _, alarm in production.resources(ALARM))
    assert "DEPLOYMENT_STOP_ON_ALARM" in group["auto_rollback_configuration"]["events"]


def test_alarms_of_one_s_own_stop_a_release_too(full: StackJson) -> None:
    group = full.one("aws_codedeploy_deployment_group")
    assert group["alarm_configuration"]["alarms"][-1] == "queue-too-long"
    policy = full.one("aws_iam_role_policy", "deployment-role")["policy"]
    assert ":alarm:queue-too-long" in policy


def test_the_topic_hears_of_alarms_that_turn_red_and_that_are_over(full: StackJson, production: StackJson) -> None:
    topic = ["arn:aws:sns:us-east-1:123456789012:releases"]
    for _, alarm in full.resources(ALARM):
        assert (alarm["alarm_actions"], alarm["ok_actions"]) == (topic, topic)
    assert all("alarm_actions" not in alarm for _, alarm in production.resources(ALARM))
