"""The VPC: public, private and isolated subnets, and the ways out of them."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.default_security_group import DefaultSecurityGroup
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from bluegreen.settings import Settings, subnets

from .flow_logs import FlowLogs
from .subnet_tier import SubnetTier
from .zones import zones


class Network(Construct):
    """A VPC in which only the load balancer's neighbours are routed to the internet, and only outwards."""

    def __init__(
        self, scope: Construct, id_: str, *, private_after: Sequence[ITerraformDependable], settings: Settings
    ) -> None:
        super().__init__(scope, id_)
        self._name = settings.name
        self.vpc = self._vpc(settings.network.cidr)
        if settings.network.flow_logs != "off":
            FlowLogs(self, "flow-logs", vpc_id=self.vpc.id, settings=settings)
        self._zones = zones(self, "zones", number=settings.network.availability_zones)
        ranges = subnets(settings.network)
        self.public = self._tier("public", ranges.public)
        self.private = self._tier("private", ranges.private, private_after)
        self.isolated = self._tier("isolated", ranges.isolated)
        self.egress = self._egress(settings.network.nat_gateways)

    def _vpc(self, cidr: str) -> Vpc:
        # Private DNS of the interface endpoints needs both.
        dns = {"enable_dns_support": True, "enable_dns_hostnames": True}
        vpc = Vpc(self, "vpc", cidr_block=cidr, tags={"Name": f"{self._name}-vpc"}, **dns)
        # Managed without rules: whatever is put into the default group by mistake reaches nothing.
        DefaultSecurityGroup(self, "default-security-group", vpc_id=vpc.id)
        return vpc

    def _tier(self, tier: str, ranges: tuple[str, ...], after: Sequence[ITerraformDependable] = ()) -> SubnetTier:
        name = f"{self._name}-{tier}"
        return SubnetTier(self, tier, name=name, vpc_id=self.vpc.id, ranges=ranges, zones=self._zones, after=after)

    def _egress(self, nat_gateways: int) -> list[ITerraformDependable]:
        gateway = InternetGateway(self, "internet-gateway", vpc_id=self.vpc.id, tags={"Name": self._name})
        outward = self.public.route_to_internet(gateway.id)
        nats = [self._nat_gateway(index, outward) for index in range(nat_gateways)]
        return [*outward, *(self.private.route_to_nat(nats) if nats else [])]

    def _nat_gateway(self, index: int, outward: list[ITerraformDependable]) -> NatGateway:
        address = Eip(self, f"nat-address-{index}", domain="vpc", tags={"Name": f"{self._name}-nat-{index}"})
        return NatGateway(
            self,
            f"nat-gateway-{index}",
            allocation_id=address.id,
            subnet_id=self.public.subnet_ids[index],
            tags={"Name": f"{self._name}-{index}"},
            depends_on=outward,
        )
