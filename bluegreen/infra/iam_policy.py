"""IAM policies as the JSON text that their resources take."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Statement = dict[str, object]

# What Lambda itself does, with the function's role, to put the function into the VPC.
NETWORK_INTERFACES = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)


def allow(
    *actions: str, on: Sequence[str], condition: Mapping[str, Mapping[str, str | Sequence[str]]] | None = None
) -> Statement:
    """Return a statement that allows `actions` on the ARNs `on`."""
    statement: Statement = {"Effect": "Allow", "Action": list(actions), "Resource": list(on)}
    return {**statement, "Condition": condition} if condition else statement


def allow_everywhere(*actions: str, condition: Mapping[str, Mapping[str, str]] | None = None) -> Statement:
    """Return a statement for actions that IAM offers no resource level for; the policy rules name each of them."""
    return allow(*actions, on=["*"], condition=condition)


def document(*statements: Statement) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def assumed_by(service: str) -> str:
    """Return the trust policy that lets an AWS service, as in `ecs-tasks.amazonaws.com`, take a role."""
    trust: Statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return document(trust)
