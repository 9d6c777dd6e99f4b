"""What Terraform reads back of a security group's rules."""

from __future__ import annotations

import pytest

PEERS = {
    "a range": {"IpRanges": [{"CidrIp": "10.0.0.0/16", "Description": "why"}]},
    "a group": {"UserIdGroupPairs": [{"Description": "why"}]},
}


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_a_rule_keeps_its_description_whatever_its_peer(client, peer: str, direction: str) -> None:
    ec2 = client("ec2")
    name = f"{peer} {direction}"
    group = ec2.create_security_group(GroupName=name, Description=name)["GroupId"]
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **PEERS[peer]}
    if peer == "a group":
        permission["UserIdGroupPairs"] = [{"GroupId": group, "Description": "why"}]

    getattr(ec2, f"authorize_security_group_{direction}")(GroupId=group, IpPermissions=[permission])

    filters = [{"Name": "group-id", "Values": [group]}]
    rules = ec2.describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
    (rule,) = [rule for rule in rules if rule.get("FromPort") == 443]
    assert rule["Description"] == "why"
