"""Requests to an HTTP API, as a visitor sends them."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

LISTENER_PORT = 8000


@pytest.fixture
def listener(client: Callable[[str], Any]) -> str:
    """A listener that names the path it was asked for."""
    ec2, elb = client("ec2"), client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    balancer = elb.create_load_balancer(Name=f"one-{uuid.uuid4().hex[:8]}", Subnets=[subnet], Scheme="internal")[
        "LoadBalancers"
    ][0]
    fixed = {"StatusCode": "200", "ContentType": "text/plain", "MessageBody": "from the listener"}
    return elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=LISTENER_PORT,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": fixed}],
    )["Listeners"][0]["ListenerArn"]


@pytest.fixture(scope="module")
def gateway(client: Callable[[str], Any]) -> Any:
    return client("apigatewayv2")


@pytest.fixture
def api(gateway: Any, listener: str) -> dict[str, str]:
    """An HTTP API with `GET /one` to the listener, through a VPC link."""
    api = gateway.create_api(Name="one", ProtocolType="HTTP")
    link = gateway.create_vpc_link(Name="one", SubnetIds=["subnet-1"])["VpcLinkId"]
    integration = gateway.create_integration(
        ApiId=api["ApiId"],
        IntegrationType="HTTP_PROXY",
        IntegrationMethod="GET",
        IntegrationUri=listener,
        ConnectionType="VPC_LINK",
        ConnectionId=link,
        PayloadFormatVersion="1.0",
    )["IntegrationId"]
    gateway.create_route(ApiId=api["ApiId"], RouteKey="GET /one", Target=f"integrations/{integration}")
    gateway.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    return {"id": api["ApiId"], "endpoint": api["ApiEndpoint"], "link": link}


def ask(endpoint: str, path: str, method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_a_route_leads_through_the_vpc_link_to_the_listener(api: dict[str, str]) -> None:
    assert ask(api["endpoint"], "/one") == (200, "from the listener")


def test_a_route_with_an_authorizer_lets_nobody_in_as_no_token_can_be_checked(api, gateway) -> None:
    authorizer = gateway.create_authorizer(
        ApiId=api["id"],
        AuthorizerType="JWT",
        Name="tokens",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Issuer": "https://login.example.com", "Audience": ["shop"]},
    )["AuthorizerId"]
    (route,) = gateway.get_routes(ApiId=api["id"])["Items"]
    closed = {"ApiId": api["id"], "RouteId": route["RouteId"], "AuthorizationType": "JWT", "AuthorizerId": authorizer}
    gateway.update_route(**closed)

    status, body = ask(api["endpoint"], "/one")

    assert (status, json.loads(body)) == (401, {"message": "Unauthorized"})


@pytest.mark.parametrize(("method", "path"), [("GET", "/two"), ("POST", "/one"), ("GET", "/one/more")])
def test_what_no_route_takes_is_not_found(api: dict[str, str], method: str, path: str) -> None:
    status, body = ask(api["endpoint"], path, method)

    assert (status, json.loads(body)) == (404, {"message": "Not Found"})


def test_without_the_listener_the_service_is_unavailable(api, listener, client) -> None:
    client("elbv2").delete_listener(ListenerArn=listener)

    status, body = ask(api["endpoint"], "/one")

    assert (status, json.loads(body)) == (503, {"message": "Service Unavailable"})


def test_a_deleted_api_does_not_answer(api: dict[str, str], gateway: Any) -> None:
    gateway.delete_api(ApiId=api["id"])

    with pytest.raises(ConnectionRefusedError):
        ask(api["endpoint"], "/one")


def test_a_visitor_keeps_the_connection_while_the_listener_is_modified(api, listener, client) -> None:
    elb = client("elbv2")
    connection = http.client.HTTPConnection(urlsplit(api["endpoint"]).netloc, timeout=10)
    answers = []
    for word in ("Green", "Blue"):
        fixed = {"StatusCode": "200", "ContentType": "text/plain", "MessageBody": word}
        actions = [{"Type": "fixed-response", "FixedResponseConfig": fixed}]
        elb.modify_listener(ListenerArn=listener, DefaultActions=actions)
        connection.request("GET", "/one")
        answers.append((connection.getresponse().read(), connection.sock))

    assert [body for body, _ in answers] == [b"Green", b"Blue"]
    assert answers[0][1] is answers[1][1]
