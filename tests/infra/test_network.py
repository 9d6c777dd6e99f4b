"""The VPC of the article, with nothing left open."""

from __future__ import annotations

from collections.abc import Callable

from bluegreen.infra.stack_json import Resource, StackJson

The = Callable[..., Resource]


def test_the_article_s_subnets_are_three_tiers_in_two_zones(sample: StackJson) -> None:
    ranges = {r["tags"]["Name"]: r["cidr_block"] for _, r in sample.resources("aws_subnet")}
    assert ranges == {
        "sample-public-0": "10.0.0.0/24",
        "sample-public-1": "10.0.1.0/24",
        "sample-private-0": "10.0.2.0/24",
        "sample-private-1": "10.0.3.0/24",
        "sample-isolated-0": "10.0.4.0/24",
        "sample-isolated-1": "10.0.5.0/24",
    }


def test_the_vpc_resolves_the_private_names_of_its_endpoints(the: The) -> None:
    vpc = the("aws_vpc")
    assert (vpc["cidr_block"], vpc["enable_dns_support"], vpc["enable_dns_hostnames"]) == ("10.0.0.0/16", True, True)


def test_no_subnet_gives_public_addresses(sample: StackJson) -> None:
    assert {r["map_public_ip_on_launch"] for _, r in sample.resources("aws_subnet")} == {False}


def test_each_private_subnet_goes_out_through_the_nat_gateway_of_its_own_zone(sample: StackJson) -> None:
    routes = [r for address, r in sample.resources("aws_route") if "private" in address]
    gateways = [sample.referred(route["nat_gateway_id"])[0] for route in routes]
    assert len(set(gateways)) == 2
    assert {route["destination_cidr_block"] for route in routes} == {"0.0.0.0/0"}


def test_the_isolated_subnets_have_no_way_out(sample: StackJson) -> None:
    assert [address for address, _ in sample.resources("aws_route") if "isolated" in address] == []


def test_the_default_security_group_is_closed(the: The) -> None:
    group = the("aws_default_security_group")
    assert "ingress" not in group
    assert "egress" not in group


def test_images_come_through_endpoints_of_their_own_security_group(sample: StackJson) -> None:
    endpoints = {r["service_name"]: r for _, r in sample.resources("aws_vpc_endpoint")}
    assert set(endpoints) == {f"com.amazonaws.us-east-1.{service}" for service in ("ecr.api", "ecr.dkr", "s3")}
    for service in ("ecr.api", "ecr.dkr"):
        endpoint = endpoints[f"com.amazonaws.us-east-1.{service}"]
        (group,) = endpoint["security_group_ids"]
        assert sample.referred(group)[1]["name"] == "sample-endpoints"
        assert endpoint["private_dns_enabled"] is True


def test_no_two_subnets_of_a_tier_can_share_a_zone(sample: StackJson) -> None:
    zones = {r["tags"]["Name"]: r["availability_zone"] for _, r in sample.resources("aws_subnet")}
    (source,) = sample.document["data"]["aws_availability_zones"]
    for tier in ("public", "private", "isolated"):
        # A plain index fails where the region has no such zone; element() would start anew.
        assert [zones[f"sample-{tier}-{index}"] for index in range(2)] == [
            f"${{data.aws_availability_zones.{source}.names[{index}]}}" for index in range(2)
        ]


def test_zones_where_no_vpc_link_is_offered_are_left_out(sample: StackJson) -> None:
    (zones,) = sample.document["data"]["aws_availability_zones"].values()
    assert {"use1-az3", "usw1-az2", "euw3-az2", "cac1-az4", "apne1-az3"} <= set(zones["exclude_zone_ids"])
