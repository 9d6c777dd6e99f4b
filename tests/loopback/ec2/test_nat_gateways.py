"""What a NAT gateway leaves behind."""

from __future__ import annotations


def test_a_deleted_nat_gateway_leaves_no_network_interface(client) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.0.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    before = interfaces(ec2)
    gateway = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    assert interfaces(ec2) != before
    ec2.delete_nat_gateway(NatGatewayId=gateway)
    assert interfaces(ec2) == before


def interfaces(ec2) -> set[str]:
    return {one["NetworkInterfaceId"] for one in ec2.describe_network_interfaces()["NetworkInterfaces"]}
