"""Two services of one environment: what they share, and what each has for itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bluegreen.infra import policy
from bluegreen.infra.stack_json import StackJson


@pytest.fixture(scope="module")
def two(own_out: Path) -> StackJson:
    text = (own_out / "stacks" / "two" / "cdk.tf.json").read_text(encoding="utf-8")
    return StackJson(name="two", document=json.loads(text))


def number(stack: StackJson, kind: str) -> int:
    return len(list(stack.resources(kind)))


@pytest.mark.parametrize(
    "kind",
    ["aws_vpc", "aws_ecs_cluster", "aws_apigatewayv2_api", "aws_apigatewayv2_vpc_link", "aws_apigatewayv2_stage"],
)
def test_network_cluster_link_and_api_are_shared(two: StackJson, kind: str) -> None:
    assert number(two, kind) == 1


@pytest.mark.parametrize(
    "kind",
    ["aws_lb", "aws_ecs_service", "aws_codedeploy_deployment_group", "aws_lambda_function", "aws_ssm_parameter"],
)
def test_load_balancer_service_release_control_hook_and_target_are_each_one_s_own(two: StackJson, kind: str) -> None:
    assert number(two, kind) == 2


def test_each_service_has_two_target_groups_and_two_listeners(two: StackJson) -> None:
    groups = sorted(group["name"] for _, group in two.resources("aws_lb_target_group"))
    assert groups == ["two-billing-blue", "two-billing-green", "two-orders-blue", "two-orders-green"]
    assert number(two, "aws_lb_listener") == 4


def test_a_route_leads_to_the_production_listener_of_its_service(two: StackJson) -> None:
    leads = {}
    for _, route in two.resources("aws_apigatewayv2_route"):
        _, integration = two.referred(f"${{{route['target'].removeprefix('integrations/${').removesuffix('}')}}}")
        listener, _ = two.referred(integration["integration_uri"])
        leads[route["route_key"]] = listener.split(".")[1].split("_")[:3]
    assert leads["GET /one"] == leads["ANY /orders/{proxy+}"] == ["orders", "balancer", "production-listener"]
    assert leads["GET /two"] == ["billing", "balancer", "production-listener"]
    assert "GET /never" not in leads


def test_a_hook_tests_its_own_service_with_its_own_checks(two: StackJson) -> None:
    for address, function in two.resources("aws_lambda_function"):
        service = address.split(".")[1].split("_")[0]
        variables = function["environment"]["variables"]
        assert f"{{aws_lb.{service}_balancer" in variables["ALB_URL"].replace("$", "")
        assert json.loads(variables["CHECKS"]) == [{"path": {"orders": "/one", "billing": "/two"}[service]}]


def test_release_targets_lie_side_by_side_and_name_their_service(two: StackJson) -> None:
    targets = {p["name"]: json.loads(p["insecure_value"]) for _, p in two.resources("aws_ssm_parameter")}
    assert sorted(targets) == ["/bluegreen/two/billing/release-target", "/bluegreen/two/orders/release-target"]
    orders = targets["/bluegreen/two/orders/release-target"]
    assert (orders["environment"], orders["service_name"], orders["service"]) == ("two", "orders", "two-orders-service")
    assert orders["application"] == "two-orders-application"


def test_no_name_is_given_twice(two: StackJson) -> None:
    for kind, resources in two.document["resource"].items():
        names = [r["name"] for r in resources.values() if "name" in r and kind != "aws_iam_role_policy"]
        assert len(names) == len(set(names)), kind


def test_the_rules_hold_for_every_service(two: StackJson) -> None:
    assert policy.violations(two) == []
