"""Custom domain names, as Terraform waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_a_name_is_available_at_once_and_says_where_a_record_points(client: Callable[[str], Any]) -> None:
    gateway = client("apigatewayv2")
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd"
    configuration = {"CertificateArn": certificate, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}
    gateway.create_domain_name(DomainName="api.example.com", DomainNameConfigurations=[configuration])

    answer = gateway.get_domain_name(DomainName="api.example.com")
    (found,) = answer["DomainNameConfigurations"]

    assert "MutualTlsAuthentication" not in answer
    assert found.items() >= configuration.items()
    assert found["DomainNameStatus"] == "AVAILABLE"
    assert found["ApiGatewayDomainName"].endswith(".execute-api.us-east-1.amazonaws.com")
    assert found["HostedZoneId"]
