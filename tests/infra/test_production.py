"""The environment for real users: what the rules say of it, and what it has more than the sample."""

from __future__ import annotations

from bluegreen.infra import policy
from bluegreen.infra.stack_json import StackJson


def test_the_rules_hold_for_it_and_for_every_optional_part(production: StackJson, full: StackJson) -> None:
    assert policy.violations(production) == []
    assert policy.violations(full) == []


def test_two_tasks_at_least_over_two_zones(production: StackJson) -> None:
    service = production.one("aws_ecs_service")
    assert service["desired_count"] == 2
    assert len(service["network_configuration"]["subnets"]) == 2


def test_the_old_tasks_stay_for_half_an_hour(production: StackJson) -> None:
    waits = production.one("aws_codedeploy_deployment_group")["blue_green_deployment_config"]
    assert waits["terminate_blue_instances_on_deployment_success"]["termination_wait_time_in_minutes"] == 30


def test_the_load_balancer_is_protected_and_logs_are_kept_for_two_years(production: StackJson) -> None:
    assert production.one("aws_lb")["enable_deletion_protection"] is True
    assert {group["retention_in_days"] for _, group in production.resources("aws_cloudwatch_log_group")} == {731}


def test_every_aws_service_that_it_needs_is_reached_within_the_vpc(production: StackJson) -> None:
    names = {endpoint["service_name"].split(".", 3)[3] for _, endpoint in production.resources("aws_vpc_endpoint")}
    assert names == {"ecr.api", "ecr.dkr", "logs", "codedeploy", "s3"}


def test_its_network_meets_no_other_environment_s(production: StackJson, sample: StackJson) -> None:
    assert production.one("aws_vpc")["cidr_block"] != sample.one("aws_vpc")["cidr_block"]
