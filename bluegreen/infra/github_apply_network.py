"""The network's share of what an apply role may do. What EC2 makes has ids for names, so its tags say whose it is."""

from __future__ import annotations

from .account import Account
from .iam_policy import Statement, allow

TAG = "environment"

CREATES = (
    "AllocateAddress",
    "AuthorizeSecurityGroupEgress",
    "AuthorizeSecurityGroupIngress",
    "CreateFlowLogs",
    "CreateInternetGateway",
    "CreateNatGateway",
    "CreateRouteTable",
    "CreateSecurityGroup",
    "CreateSubnet",
    "CreateVpc",
    "CreateVpcEndpoint",
)
ALONE = ("AllocateAddress", "CreateInternetGateway", "CreateVpc")
"""What is made is made in something, a subnet in a VPC; these are not."""
CHANGES = (
    "AssociateRouteTable",
    "AttachInternetGateway",
    "CreateRoute",
    "DeleteFlowLogs",
    "DeleteInternetGateway",
    "DeleteNatGateway",
    "DeleteRoute",
    "DeleteRouteTable",
    "DeleteSecurityGroup",
    "DeleteSubnet",
    "DeleteTags",
    "DeleteVpc",
    "DeleteVpcEndpoints",
    "DetachInternetGateway",
    "DisassociateRouteTable",
    "ModifySecurityGroupRules",
    "ModifySubnetAttribute",
    "ModifyVpcAttribute",
    "ModifyVpcEndpoint",
    "ReleaseAddress",
    "ReplaceRoute",
)
# A VPC's first security group and a NAT gateway's network interface are made by AWS, and have no tag yet.
UNTAGGED = ("DisassociateAddress", "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress")

BY_TAG = frozenset(f"ec2:{verb}" for verb in (*CREATES, *CHANGES, *UNTAGGED, "CreateTags", "DescribeVpcAttribute"))
"""Actions that name no resource, and are allowed where a condition on a tag says whose it is."""


def statements(environment: str, *, account: Account) -> tuple[Statement, ...]:
    """Return the statements: what is made gets the environment's tag, and what is changed has it already."""
    request, resource = f"aws:RequestTag/{TAG}", f"aws:ResourceTag/{TAG}"
    tagging = {"StringEquals": {request: environment, "ec2:CreateAction": list(CREATES)}}
    within = tuple(verb for verb in CREATES if verb not in ALONE)
    return (
        _allow(CREATES, {"StringEquals": {request: environment}}),
        _allow((*within, *CHANGES), {"StringEquals": {resource: environment}}),
        _allow(UNTAGGED, {"StringEqualsIfExists": {resource: environment}}),
        _allow(("CreateTags",), tagging),
        _adopting(environment, account),
        _allow(("CreateTags",), {"StringEquals": {resource: environment}}),
    )


def _adopting(environment: str, account: Account) -> Statement:
    """A VPC's first security group becomes the environment's, and closed, by a tag."""
    condition = {"StringEquals": {f"aws:RequestTag/{TAG}": environment}, "Null": {f"aws:ResourceTag/{TAG}": "true"}}
    return allow("ec2:CreateTags", on=[account.arn("ec2", "security-group/*")], condition=condition)


def _allow(verbs: tuple[str, ...], condition: dict[str, dict[str, str | list[str]]]) -> Statement:
    return allow(*(f"ec2:{verb}" for verb in verbs), on=["*"], condition=condition)
