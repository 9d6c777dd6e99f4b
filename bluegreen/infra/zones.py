"""The availability zones that the subnets lie in: only those where every part of the stack is offered."""

from __future__ import annotations

from cdktf import Postcondition, TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.data_aws_availability_zones import (
    DataAwsAvailabilityZones,
    DataAwsAvailabilityZonesFilter,
)
from constructs import Construct

WITHOUT_VPC_LINKS = (
    "ape1-az1",
    "apne1-az3",
    "apne2-az4",
    "cac1-az3",
    "cac1-az4",
    "euw3-az2",
    "use1-az3",
    "usw1-az2",
)
"""Zones of the regions that AWS lists, but not of the list: API Gateway refuses a VPC link with a subnet in them.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html, Availability by Region.
"""


def zones(scope: Construct, id_: str, *, number: int) -> list[str]:
    """Return references to the names of `number` different zones; a plan fails in a region with fewer."""
    # Local and wavelength zones are opt-in, and offer neither Fargate nor NAT gateways.
    regular = DataAwsAvailabilityZonesFilter(name="opt-in-status", values=["opt-in-not-required"])
    available = DataAwsAvailabilityZones(
        scope,
        id_,
        state="available",
        filter=[regular],
        exclude_zone_ids=list(WITHOUT_VPC_LINKS),
        lifecycle=TerraformResourceLifecycle(postcondition=[_enough(number)]),
    )
    # Never Terraform's element(): it starts anew at the end of the list, and two subnets would share a zone.
    return [available.get_string_attribute(f"names[{index}]") for index in range(number)]


def _enough(number: int) -> Postcondition:
    words = f"network.availability_zones is {number}; of this region's zones, VPC links are offered in "
    return Postcondition(
        condition=f"${{length(self.names) >= {number}}}", error_message=f"{words}${{length(self.names)}}."
    )
