"""Each resource of the architecture is told with the part it belongs to."""

from __future__ import annotations

import pytest

from bluegreen.review.part import PARTS, part
from tests.review.plans import CREATE, plan, resource


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("aws_vpc_endpoint.endpoints_s3", "Network"),
        ("aws_default_security_group.network_default", "Security groups"),
        ("aws_vpc_security_group_ingress_rule.groups_test-in", "Security groups"),
        ("aws_lb_target_group.balancer_blue", "Load balancer"),
        ("aws_ecs_service.service", "Service"),
        ("aws_iam_role_policy.task_execution_policy", "Service"),
        ("aws_codedeploy_deployment_group.deployment_group", "Release control"),
        ("aws_ssm_parameter.release-target", "Release control"),
        ("aws_iam_role.orders_hook-role", "Hook"),
        ("aws_lambda_function.hook_function", "Hook"),
        ("aws_cloudwatch_log_group.api_access-log", "HTTP API"),
        ("aws_cloudwatch_metric_alarm.errors", "Alarms"),
        ("aws_appautoscaling_policy.cpu", "Scaling"),
        ("aws_s3_bucket_versioning.state", "Foundation"),
        ("aws_iam_role.somebody", "Roles and policies"),
        ("aws_cloudwatch_log_group.something", "Logs"),
        ("null_resource.thing", "Other"),
    ],
)
def test_the_part_of_a_resource(address: str, name: str) -> None:
    (change,) = plan(resource(address, CREATE, None, {})).changes
    assert part(change) == name
    assert name in PARTS
