"""Rules between security groups, each a resource of its own."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

from .subnet_tier import ANYWHERE

HTTPS = 443


def connect(scope: Construct, id_: str, source: SecurityGroup, destination: SecurityGroup, port: int) -> None:
    """Let `source` reach `destination` at a TCP port: a rule at either end."""
    inward(scope, f"{id_}-in", destination, source, port)
    VpcSecurityGroupEgressRule(
        scope,
        f"{id_}-out",
        description=f"To: {destination.description_input}",
        security_group_id=source.id,
        referenced_security_group_id=destination.id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
    )


def inward(scope: Construct, id_: str, destination: SecurityGroup, source: SecurityGroup, port: int) -> None:
    """Let `source` in at a TCP port of `destination`."""
    VpcSecurityGroupIngressRule(
        scope,
        id_,
        description=f"From: {source.description_input}",
        security_group_id=destination.id,
        referenced_security_group_id=source.id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
    )


def outward_https(scope: Construct, id_: str, group: SecurityGroup) -> None:
    """Let a group out to HTTPS anywhere."""
    VpcSecurityGroupEgressRule(
        scope,
        id_,
        description="To: HTTPS anywhere, for the APIs of AWS",
        security_group_id=group.id,
        cidr_ipv4=ANYWHERE,
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
    )
