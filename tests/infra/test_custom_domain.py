"""The HTTP API under a name of one's own, and closed to callers without a token."""

from __future__ import annotations

from bluegreen.infra.stack_json import StackJson


def test_without_the_settings_the_api_has_aws_s_name_and_is_open(sample: StackJson) -> None:
    assert list(sample.resources("aws_apigatewayv2_domain_name", "aws_apigatewayv2_authorizer")) == []
    assert "authorization_type" not in sample.one("aws_apigatewayv2_route")


def test_the_name_leads_to_the_stage_over_tls(full: StackJson) -> None:
    configuration = full.one("aws_apigatewayv2_domain_name")["domain_name_configuration"]
    mapping = full.one("aws_apigatewayv2_api_mapping")
    assert (configuration["endpoint_type"], configuration["security_policy"]) == ("REGIONAL", "TLS_1_2")
    assert full.referred(mapping["stage"])[1]["name"] == "$default"


def test_a_zone_of_one_s_own_gets_the_alias_and_any_other_is_told_it(full: StackJson) -> None:
    record = full.one("aws_route53_record")
    target = full.document["output"]["domain_target"]["value"]
    assert (record["zone_id"], record["type"]) == ("Z0123456789ABCDEFGHIJ", "A")
    assert (record["alias"]["name"], record["alias"]["zone_id"]) == (target["name"], target["hosted_zone_id"])


def test_every_route_asks_for_a_token_of_the_issuer(full: StackJson) -> None:
    authorizer = full.one("aws_apigatewayv2_authorizer")
    assert authorizer["jwt_configuration"] == {"issuer": "https://login.example.com/", "audience": ["shop"]}
    for _, route in full.resources("aws_apigatewayv2_route"):
        assert route["authorization_type"] == "JWT"
        assert full.referred(route["authorizer_id"])[1] == authorizer
