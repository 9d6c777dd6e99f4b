"""The load balancer, its target groups, and the listeners that CodeDeploy moves."""

from __future__ import annotations

from collections.abc import Callable

from bluegreen.infra.stack_json import Resource, StackJson

The = Callable[..., Resource]


def test_the_load_balancer_is_internal_and_drops_malformed_headers(the: The) -> None:
    balancer = the("aws_lb")
    assert balancer["name"] == "sample-cluster-alb"
    assert balancer["internal"] is True
    assert balancer["drop_invalid_header_fields"] is True


def test_the_load_balancer_is_in_the_private_subnets(the: The, sample: StackJson) -> None:
    assert [sample.referred(subnet)[1]["tags"]["Name"] for subnet in the("aws_lb")["subnets"]] == [
        "sample-private-0",
        "sample-private-1",
    ]


def test_both_target_groups_check_health_as_in_the_article(sample: StackJson) -> None:
    groups = {group["name"]: group for _, group in sample.resources("aws_lb_target_group")}
    assert set(groups) == {"sample-cluster-blue", "sample-cluster-green"}
    for group in groups.values():
        check = group["health_check"]
        assert (group["target_type"], group["protocol"], group["port"]) == ("ip", "HTTP", 80)
        assert (check["path"], check["matcher"]) == ("/health", "200")
        assert (check["timeout"], check["interval"]) == (30, 60)


def test_production_starts_on_blue_and_test_on_green(the: The, sample: StackJson) -> None:
    for listener, port, color in (("production", 80, "blue"), ("test", 8080, "green")):
        found = the("aws_lb_listener", f"{listener}-listener")
        (action,) = found["default_action"]
        assert found["port"] == port
        assert sample.referred(action["target_group_arn"])[1]["name"] == f"sample-cluster-{color}"


def test_codedeploy_owns_where_the_listeners_point(sample: StackJson) -> None:
    ignored = [listener["lifecycle"]["ignore_changes"] for _, listener in sample.resources("aws_lb_listener")]
    assert ignored == [["default_action"], ["default_action"]]
