"""What is described comes in pages as AWS's clients ask for it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.elbv2.exceptions import ValidationError

from bluegreen.loopback.elbv2.paging import page

DESCRIBED = {
    "describe_load_balancers": "LoadBalancers",
    "describe_target_groups": "TargetGroups",
    "describe_listeners": "Listeners",
    "describe_rules": "Rules",
}
MANY = 5


@pytest.fixture(scope="module")
def whole(elb: Any, client: Any) -> dict[str, dict[str, Any]]:
    """Five of everything; by operation how each five are asked for."""
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    zones = {"us-east-1a": "10.0.0.0/24", "us-east-1b": "10.0.1.0/24"}
    made = [ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone) for zone, block in zones.items()]
    subnets = [one["Subnet"]["SubnetId"] for one in made]
    names = [f"paged-{number}" for number in range(MANY)]
    balancers = [elb.create_load_balancer(Name=name, Subnets=subnets)["LoadBalancers"][0] for name in names]
    settings = {"Protocol": "HTTP", "Port": 3000, "VpcId": vpc, "TargetType": "ip"}
    groups = [elb.create_target_group(Name=name, **settings)["TargetGroups"][0] for name in names]
    arn = balancers[0]["LoadBalancerArn"]
    actions = [{"Type": "forward", "TargetGroupArn": groups[0]["TargetGroupArn"]}]
    places = [{"LoadBalancerArn": arn, "Protocol": "HTTP", "Port": 8000 + number} for number in range(MANY)]
    listeners = [elb.create_listener(**place, DefaultActions=actions)["Listeners"][0] for place in places]
    listener = listeners[0]["ListenerArn"]
    for number in range(1, MANY):  # the default rule is one too
        path = {"Field": "path-pattern", "PathPatternConfig": {"Values": [f"/{number}"]}}
        elb.create_rule(ListenerArn=listener, Priority=number, Conditions=[path], Actions=actions)
    return {
        "describe_load_balancers": {"Names": names},
        "describe_target_groups": {"Names": names},
        "describe_listeners": {"LoadBalancerArn": arn},
        "describe_rules": {"ListenerArn": listener},
    }


@pytest.mark.parametrize("operation", DESCRIBED)
def test_a_page_holds_as_many_as_asked_for_and_its_marker_leads_to_the_next(
    elb: Any, whole: dict[str, dict[str, Any]], operation: str
) -> None:
    describe, key = getattr(elb, operation), DESCRIBED[operation]
    everything = describe(**whole[operation])
    assert len(everything[key]) == MANY
    assert "NextMarker" not in everything
    first = describe(**whole[operation], PageSize=2)
    second = describe(**whole[operation], PageSize=2, Marker=first["NextMarker"])
    last = describe(**whole[operation], PageSize=2, Marker=second["NextMarker"])
    assert [len(one[key]) for one in (first, second, last)] == [2, 2, 1]
    assert first[key] + second[key] + last[key] == everything[key]
    assert "NextMarker" not in last


@pytest.mark.parametrize("operation", DESCRIBED)
@pytest.mark.parametrize("mistake", [{"PageSize": 401}, {"Marker": "no marker"}])
def test_a_page_that_cannot_be_is_refused(
    elb: Any, whole: dict[str, dict[str, Any]], operation: str, mistake: dict[str, Any]
) -> None:
    with pytest.raises(ClientError) as refusal:
        getattr(elb, operation)(**whole[operation], **mistake)
    assert refusal.value.response["Error"]["Code"] == "ValidationError"


def test_all_listeners_of_no_load_balancer_are_not_described(elb: Any) -> None:
    with pytest.raises(ClientError, match="You must specify either listener ARNs or a load balancer ARN"):
        elb.describe_listeners()


def test_a_page_holds_400_where_no_size_is_asked_for() -> None:
    answer = page("Rules", range(401), {})
    assert answer["Rules"] == list(range(400))
    assert page("Rules", range(401), {"Marker": answer["NextMarker"]}) == {"Rules": [400]}


@pytest.mark.parametrize("request_members", [{"PageSize": 0}, {"PageSize": -1}, {"Marker": "LTE="}, {"Marker": "é"}])
def test_a_page_before_the_first_is_refused(request_members: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        page("Rules", range(9), request_members)
