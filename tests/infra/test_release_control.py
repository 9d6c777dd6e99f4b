"""CodeDeploy's deployment group."""

from __future__ import annotations

from collections.abc import Callable

from bluegreen.infra.stack_json import Resource, StackJson

The = Callable[..., Resource]


def test_a_release_shifts_all_at_once_as_in_the_article(the: The) -> None:
    group = the("aws_codedeploy_deployment_group")
    assert group["deployment_config_name"] == "CodeDeployDefault.ECSAllAtOnce"
    assert group["deployment_style"] == {
        "deployment_type": "BLUE_GREEN",
        "deployment_option": "WITH_TRAFFIC_CONTROL",
    }


def test_the_group_moves_both_listeners_between_both_target_groups(the: The, sample: StackJson) -> None:
    pair = the("aws_codedeploy_deployment_group")["load_balancer_info"]["target_group_pair_info"]
    names = [sample.referred(group["name"])[1]["name"] for group in pair["target_group"]]
    ports = [sample.referred(pair[f"{r}_traffic_route"]["listener_arns"][0])[1]["port"] for r in ("prod", "test")]
    assert names == ["sample-cluster-blue", "sample-cluster-green"]
    assert ports == [80, 8080]


def test_a_release_is_taken_back_on_failure_on_stop_and_on_alarm(the: The) -> None:
    rollback = the("aws_codedeploy_deployment_group")["auto_rollback_configuration"]
    assert rollback["enabled"] is True
    assert rollback["events"] == ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM"]


def test_nothing_waits_unless_told(the: The) -> None:
    waits = the("aws_codedeploy_deployment_group")["blue_green_deployment_config"]
    assert waits["deployment_ready_option"] == {"action_on_timeout": "CONTINUE_DEPLOYMENT"}
    assert waits["terminate_blue_instances_on_deployment_success"] == {
        "action": "TERMINATE",
        "termination_wait_time_in_minutes": 0,
    }


def test_the_rehearsal_keeps_the_old_tasks_for_a_minute(rehearsal: StackJson) -> None:
    ((_, group),) = rehearsal.resources("aws_codedeploy_deployment_group")
    terminate = group["blue_green_deployment_config"]["terminate_blue_instances_on_deployment_success"]
    assert terminate["termination_wait_time_in_minutes"] == 1


def test_the_role_may_act_before_the_group_is_made(the: The) -> None:
    (policy,) = the("aws_codedeploy_deployment_group")["depends_on"]
    assert policy.startswith("aws_iam_role_policy.deployment-role")
