"""Nobody may do more than the article's parts need."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bluegreen.infra.stack_json import StackJson

Statement = dict[str, Any]


def _statements(stack: StackJson, named: str) -> list[Statement]:
    (policy,) = [p for address, p in stack.resources("aws_iam_role_policy") if f".{named}_" in address]
    return json.loads(policy["policy"])["Statement"]


def _on(statements: list[Statement], action: str) -> list[str]:
    (statement,) = [s for s in statements if action in s["Action"]]
    return statement["Resource"]


def test_codedeploy_passes_exactly_the_execution_and_the_task_role(sample: StackJson) -> None:
    statements = _statements(sample, "deployment-role")
    roles = [sample.referred(arn)[1]["name"] for arn in _on(statements, "iam:PassRole")]
    (condition,) = [s["Condition"] for s in statements if "iam:PassRole" in s["Action"]]
    assert sorted(roles) == ["sample-execution", "sample-task"]
    assert condition == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}


def test_codedeploy_invokes_the_hook_alone(sample: StackJson) -> None:
    (function,) = _on(_statements(sample, "deployment-role"), "lambda:InvokeFunction")
    assert sample.referred(function)[1]["function_name"] == "CodeDeployHook_sample-route-check"


def test_codedeploy_may_make_the_calls_of_a_release_and_no_other(sample: StackJson) -> None:
    actions = {action for statement in _statements(sample, "deployment-role") for action in statement["Action"]}
    assert actions == {
        *(f"ecs:{a}" for a in ("DescribeServices", "CreateTaskSet", "UpdateServicePrimaryTaskSet", "DeleteTaskSet")),
        *(f"elasticloadbalancing:Describe{what}" for what in ("TargetGroups", "Listeners", "Rules")),
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyRule",
        "lambda:InvokeFunction",
        "cloudwatch:DescribeAlarms",
        "iam:PassRole",
    }


def test_codedeploy_moves_these_two_listeners_alone(sample: StackJson) -> None:
    listeners = _on(_statements(sample, "deployment-role"), "elasticloadbalancing:ModifyListener")
    assert [sample.referred(listener)[1]["port"] for listener in listeners] == [80, 8080]


def test_codedeploy_makes_task_sets_in_this_cluster_alone(sample: StackJson) -> None:
    (statement,) = [s for s in _statements(sample, "deployment-role") if "ecs:CreateTaskSet" in s["Action"]]
    cluster = statement["Condition"]["ArnEquals"]["ecs:cluster"]
    assert sample.referred(cluster)[1]["name"] == "sample-cluster"


def test_the_hook_reports_on_its_own_deployment_group_alone(sample: StackJson) -> None:
    (group,) = _on(_statements(sample, "hook-role"), "codedeploy:PutLifecycleEventHookExecutionStatus")
    (application,) = _on(_statements(sample, "hook-role"), "codedeploy:GetApplicationRevision")
    assert group.endswith(":deploymentgroup:sample-application/sample-blue-green")
    assert application.endswith(":application:sample-application")


def test_tasks_start_from_the_one_repository_and_write_to_the_one_log_group(sample: StackJson) -> None:
    statements = _statements(sample, "task_execution")
    (log,) = _on(statements, "logs:PutLogEvents")
    assert _on(statements, "ecr:BatchGetImage") == ["${data.aws_ecr_repository.repository.arn}"]
    assert sample.referred(log.removesuffix(":*"))[1]["name"] == "/ecs/sample"


def test_the_task_itself_may_do_nothing(sample: StackJson) -> None:
    (role,) = [r["name"] for _, r in sample.resources("aws_iam_role") if r["name"] == "sample-task"]
    holders = [sample.referred(policy["role"])[1]["name"] for _, policy in sample.resources("aws_iam_role_policy")]
    assert role not in holders


@pytest.mark.parametrize(
    ("role", "service"),
    [
        ("sample-execution", "ecs-tasks.amazonaws.com"),
        ("sample-task", "ecs-tasks.amazonaws.com"),
        ("sample-hook", "lambda.amazonaws.com"),
        ("sample-codedeploy", "codedeploy.amazonaws.com"),
    ],
)
def test_a_role_is_taken_by_its_service_alone(sample: StackJson, role: str, service: str) -> None:
    (found,) = [r for _, r in sample.resources("aws_iam_role") if r["name"] == role]
    (statement,) = json.loads(found["assume_role_policy"])["Statement"]
    assert statement["Principal"] == {"Service": service}


def test_every_resource_that_is_not_named_is_a_named_exception(sample: StackJson) -> None:
    policies = [json.loads(policy["policy"]) for _, policy in sample.resources("aws_iam_role_policy")]
    everywhere = {a for p in policies for s in p["Statement"] if "*" in s["Resource"] for a in s["Action"]}
    assert everywhere == {
        "ecr:GetAuthorizationToken",
        "ecs:CreateTaskSet",
        *(f"elasticloadbalancing:Describe{what}" for what in ("TargetGroups", "Listeners", "Rules")),
        *(f"ec2:{verb}NetworkInterface" for verb in ("Create", "Delete")),
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    }
