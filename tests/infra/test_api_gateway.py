"""The only way in from the internet."""

from __future__ import annotations

from collections.abc import Callable

from bluegreen.infra.stack_json import Resource, StackJson

The = Callable[..., Resource]


def test_the_article_s_one_route_is_public(sample: StackJson) -> None:
    assert [route["route_key"] for _, route in sample.resources("aws_apigatewayv2_route")] == ["GET /one"]


def test_requests_go_through_the_vpc_link_to_the_production_listener(the: The, sample: StackJson) -> None:
    integration = the("aws_apigatewayv2_integration")
    assert (integration["integration_type"], integration["connection_type"]) == ("HTTP_PROXY", "VPC_LINK")
    assert sample.referred(integration["integration_uri"])[1]["port"] == 80
    assert sample.referred(integration["connection_id"])[1]["name"] == "sample-cluster-vpc-link"


def test_the_stage_adds_nothing_to_the_path(the: The) -> None:
    stage = the("aws_apigatewayv2_stage")
    assert (stage["name"], stage["auto_deploy"]) == ("$default", True)


def test_the_stage_logs_measures_and_throttles(the: The, sample: StackJson) -> None:
    stage = the("aws_apigatewayv2_stage")
    settings = stage["default_route_settings"]
    assert sample.referred(stage["access_log_settings"]["destination_arn"])[1]["name"] == "/aws/apigateway/sample-api"
    assert settings["detailed_metrics_enabled"] is True
    assert settings["throttling_rate_limit"] == 10000
    assert settings["throttling_burst_limit"] == 5000
