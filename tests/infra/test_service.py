"""The ECS service under CodeDeploy."""

from __future__ import annotations

from collections.abc import Callable

from bluegreen.infra.stack_json import Resource, StackJson

The = Callable[..., Resource]


def test_codedeploy_controls_the_service(the: The) -> None:
    service = the("aws_ecs_service")
    assert service["deployment_controller"] == {"type": "CODE_DEPLOY"}
    assert service["desired_count"] == 1


def test_an_apply_leaves_alone_what_a_release_changes(the: The) -> None:
    assert the("aws_ecs_service")["lifecycle"]["ignore_changes"] == [
        "task_definition",
        "load_balancer",
        "network_configuration",
        "platform_version",
    ]


def test_the_first_tasks_are_blue(the: The, sample: StackJson) -> None:
    (blue,) = the("aws_ecs_service")["load_balancer"]
    assert (blue["container_name"], blue["container_port"]) == ("rust-api", 3000)
    assert sample.referred(blue["target_group_arn"])[1]["name"] == "sample-cluster-blue"


def test_tasks_have_no_public_address(the: The, sample: StackJson) -> None:
    network = the("aws_ecs_service")["network_configuration"]
    names = [sample.referred(subnet)[1]["tags"]["Name"] for subnet in network["subnets"]]
    assert network["assign_public_ip"] is False
    assert names == ["sample-private-0", "sample-private-1"]


def test_the_service_waits_for_both_listeners_and_its_ways_out(the: The) -> None:
    waits = the("aws_ecs_service")["depends_on"]
    for kind in ("production-listener", "test-listener", "aws_route.", "aws_vpc_endpoint.", "aws_iam_role_policy."):
        assert any(kind in address for address in waits), kind


def test_destroy_does_not_stop_at_task_sets_that_are_left(the: The) -> None:
    assert the("aws_ecs_service")["force_delete"] is True
