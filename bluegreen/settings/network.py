"""Settings of an environment's network."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import between, each, one_of, setting

INTERFACE_ENDPOINTS = ("ecr.api", "ecr.dkr", "logs", "codedeploy")
GATEWAY_ENDPOINTS = ("s3",)
ALL_ENDPOINTS = INTERFACE_ENDPOINTS + GATEWAY_ENDPOINTS


@dataclass(frozen=True, kw_only=True)
class NetworkSettings:
    """The VPC, its three tiers of subnets, and the ways out of it."""

    cidr: str = setting("10.0.0.0/16", "Address range of the VPC, /16 to /28.")
    availability_zones: int = setting(2, "Number of availability zones; a load balancer needs two.", between(2, 6))
    subnet_prefix: int = setting(24, "Prefix length of each subnet that is not listed.", between(17, 28))
    public_subnets: tuple[str, ...] = setting((), "Ranges of the public subnets, one a zone; empty: counted up.")
    private_subnets: tuple[str, ...] = setting((), "Ranges of the private subnets, one a zone; empty: counted up.")
    isolated_subnets: tuple[str, ...] = setting((), "Ranges of the isolated subnets, one a zone; empty: counted up.")
    nat_gateways: int = setting(2, "Number of NAT gateways, at most one a zone; 0 needs every endpoint.", between(0, 6))
    endpoints: tuple[str, ...] = setting(
        ("ecr.api", "ecr.dkr", "s3"),
        "VPC endpoints: interface endpoints, and the S3 gateway (free of charge; image layers come from S3).",
        each(one_of(*ALL_ENDPOINTS)),
    )
    flow_logs: str = setting(
        "off", "Which connections of the VPC are logged to CloudWatch.", one_of("off", "rejected", "accepted", "all")
    )
