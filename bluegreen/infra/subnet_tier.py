"""The subnets of one tier, one an availability zone, each with a route table of its own."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.subnet import Subnet
from constructs import Construct

ANYWHERE = "0.0.0.0/0"


class SubnetTier(Construct):
    """Subnets that differ in their zone alone."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        vpc_id: str,
        ranges: Sequence[str],
        zones: Sequence[str],
        after: Sequence[ITerraformDependable],
    ) -> None:
        super().__init__(scope, id_)
        self._after = list(after)
        self.subnet_ids: list[str] = []
        self.route_table_ids: list[str] = []
        for index, (cidr, zone) in enumerate(zip(ranges, zones, strict=True)):
            self._subnet(index, f"{name}-{index}", vpc_id, cidr, zone)

    def _subnet(self, index: int, name: str, vpc_id: str, cidr: str, zone: str) -> None:
        subnet = Subnet(
            self,
            f"subnet-{index}",
            vpc_id=vpc_id,
            cidr_block=cidr,
            availability_zone=zone,
            map_public_ip_on_launch=False,
            tags={"Name": name},
            depends_on=self._after,
        )
        table = RouteTable(self, f"route-table-{index}", vpc_id=vpc_id, tags={"Name": name})
        RouteTableAssociation(self, f"association-{index}", subnet_id=subnet.id, route_table_id=table.id)
        self.subnet_ids.append(subnet.id)
        self.route_table_ids.append(table.id)

    def route_to_internet(self, gateway_id: str) -> list[ITerraformDependable]:
        """Send everything that is not for the VPC to the internet gateway."""
        return [
            Route(self, f"internet-{i}", route_table_id=table, destination_cidr_block=ANYWHERE, gateway_id=gateway_id)
            for i, table in enumerate(self.route_table_ids)
        ]

    def route_to_nat(self, gateways: Sequence[NatGateway]) -> list[ITerraformDependable]:
        """Send everything that is not for the VPC to a NAT gateway; zones without one take turns."""
        return [
            Route(
                self,
                f"nat-{i}",
                route_table_id=table,
                destination_cidr_block=ANYWHERE,
                nat_gateway_id=gateways[i % len(gateways)].id,
            )
            for i, table in enumerate(self.route_table_ids)
        ]
