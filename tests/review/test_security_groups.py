"""What counts as a security group that admits more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.review.plans import CREATE, DELETE, KEEP, REPLACE, UPDATE, findings, resource, rules_broken, updated

GROUP, OTHER = "aws_security_group.tasks", "aws_security_group.hook"
IN, OUT = "aws_vpc_security_group_ingress_rule.in", "aws_vpc_security_group_egress_rule.out"
HERE, THERE = (
    resource(address, KEEP, {"id": id_, "name": id_}, {"id": id_, "name": id_})
    for address, id_ in ((GROUP, "sg-1"), (OTHER, "sg-2"))
)
RULE: dict[str, Any] = {
    "security_group_id": "sg-1",
    "ip_protocol": "tcp",
    "from_port": 443,
    "to_port": 443,
    "cidr_ipv4": "10.0.0.0/16",
    "cidr_ipv6": None,
    "prefix_list_id": None,
    "referenced_security_group_id": None,
}

WIDER = {
    "a wider range": {"cidr_ipv4": "10.0.0.0/8"},
    "another range": {"cidr_ipv4": "10.1.0.0/24"},
    "the whole world": {"cidr_ipv4": "0.0.0.0/0"},
    "the whole world of IPv6": {"cidr_ipv4": None, "cidr_ipv6": "::/0"},
    "more ports": {"from_port": 80},
    "another port": {"from_port": 22, "to_port": 22},
    "another protocol": {"ip_protocol": "udp"},
    "every protocol": {"ip_protocol": "-1", "from_port": None, "to_port": None},
    "a group": {"cidr_ipv4": None, "referenced_security_group_id": "sg-2"},
    "a prefix list": {"cidr_ipv4": None, "prefix_list_id": "pl-1"},
}


@pytest.mark.parametrize("address", [IN, OUT])
@pytest.mark.parametrize("actions", [UPDATE, REPLACE])
@pytest.mark.parametrize("change", WIDER.values(), ids=WIDER)
def test_a_rule_that_admits_more_is_found(address: str, actions: list[str], change: dict[str, Any]) -> None:
    assert rules_broken(HERE, THERE, resource(address, actions, RULE, {**RULE, **change})) == ["security-group"]


@pytest.mark.parametrize(
    "change",
    [{"cidr_ipv4": "10.0.9.0/24"}, {"description": "said better"}, {"tags": {"a": "b"}}, {"ip_protocol": "6"}],
)
def test_a_rule_that_admits_less_or_the_same_passes(change: dict[str, Any]) -> None:
    assert rules_broken(HERE, resource(IN, UPDATE, RULE, {**RULE, **change})) == []


def test_a_rule_that_goes_passes() -> None:
    assert rules_broken(HERE, resource(IN, DELETE, RULE)) == []


def test_a_new_rule_of_a_group_that_is_there_is_found_and_said_in_words() -> None:
    (finding,) = findings(HERE, resource(IN, CREATE, None, RULE))
    assert finding.what == f"the security group ({GROUP}) lets more through: tcp 443 from 10.0.0.0/16"


def test_a_new_rule_of_a_new_group_passes() -> None:
    rule = resource(IN, CREATE, None, {**RULE, "security_group_id": None}, after_unknown={"security_group_id": True})
    references = {IN: {"security_group_id": f"{GROUP}.id"}}
    assert rules_broken(resource(GROUP, CREATE, None, {}), rule, references=references) == []
    # The same rule, if the group is there already and only its id is to change.
    assert rules_broken(HERE, rule, references=references) == ["security-group"]


def test_a_new_rule_that_another_one_covers_passes() -> None:
    wide = resource(IN, KEEP, RULE, RULE)
    narrow = resource("aws_vpc_security_group_ingress_rule.more", CREATE, None, {**RULE, "cidr_ipv4": "10.0.1.0/24"})
    assert rules_broken(HERE, wide, narrow) == []
    elsewhere = resource(IN, KEEP, {**RULE, "security_group_id": "sg-2"}, {**RULE, "security_group_id": "sg-2"})
    assert rules_broken(HERE, THERE, elsewhere, narrow) == ["security-group"]


def test_two_ranges_may_become_the_one_that_they_are_together() -> None:
    halves = [
        resource(f"{IN}-{n}", DELETE, {**RULE, "cidr_ipv4": cidr})
        for n, cidr in enumerate(("10.0.0.0/17", "10.0.128.0/17"))
    ]
    whole = resource(IN, CREATE, None, RULE)
    assert rules_broken(HERE, *halves, whole) == []
    assert rules_broken(HERE, halves[0], whole) == ["security-group"]


def test_a_rule_may_move_to_another_address() -> None:
    moved = resource("aws_vpc_security_group_ingress_rule.renamed", CREATE, None, RULE)
    assert rules_broken(HERE, resource(IN, DELETE, RULE), moved) == []
    turned = resource(OUT, CREATE, None, RULE)
    assert rules_broken(HERE, resource(IN, DELETE, RULE), turned) == ["security-group"]


def test_a_new_group_as_a_source_is_a_new_source() -> None:
    after = {**RULE, "cidr_ipv4": None}
    rule = resource(IN, UPDATE, RULE, after, after_unknown={"referenced_security_group_id": True})
    references = {IN: {"referenced_security_group_id": f"{OTHER}.id"}}
    (finding,) = findings(HERE, resource(OTHER, CREATE, None, {}), rule, references=references)
    assert finding.what.endswith(f"tcp 443 from {OTHER}")


def test_a_source_that_is_replaced_stays_the_same_source() -> None:
    before = {**RULE, "cidr_ipv4": None, "referenced_security_group_id": "sg-2"}
    rule = resource(
        IN, UPDATE, before, {**before, "referenced_security_group_id": None},
        after_unknown={"referenced_security_group_id": True},
    )  # fmt: skip
    replaced = resource(OTHER, REPLACE, {"id": "sg-2"}, {})
    assert rules_broken(HERE, replaced, rule, references={IN: {"referenced_security_group_id": f"{OTHER}.id"}}) == []


def test_a_range_that_is_known_only_after_the_apply_cannot_be_judged() -> None:
    rule = resource(IN, UPDATE, RULE, {**RULE, "cidr_ipv4": None}, after_unknown={"cidr_ipv4": True})
    broken = rules_broken(HERE, rule, references={IN: {"cidr_ipv4": "aws_eip.a.public_ip"}})
    assert set(broken) == {"security-group"}


BLOCK = {
    "cidr_blocks": ["10.0.0.0/16"],
    "ipv6_cidr_blocks": [],
    "prefix_list_ids": [],
    "security_groups": [],
    "self": False,
    "protocol": "tcp",
    "from_port": 80,
    "to_port": 80,
}


@pytest.mark.parametrize("kind", ["aws_security_group.g", "aws_default_security_group.g"])
@pytest.mark.parametrize("change", [{"cidr_blocks": ["10.0.0.0/16", "1.1.1.1/32"]}, {"self": True}, {"to_port": 81}])
def test_a_block_inside_a_group_that_admits_more_is_found(kind: str, change: dict[str, Any]) -> None:
    before = {"id": "sg-9", "ingress": [BLOCK], "egress": []}
    assert rules_broken(updated(kind, before, ingress=[{**BLOCK, **change}])) == ["security-group"]
    assert rules_broken(updated(kind, before, egress=[BLOCK])) == ["security-group"]


def test_a_block_inside_a_group_that_admits_less_passes() -> None:
    before = {"id": "sg-9", "ingress": [BLOCK], "egress": []}
    assert (
        rules_broken(updated("aws_security_group.g", before, ingress=[{**BLOCK, "cidr_blocks": ["10.0.3.0/24"]}])) == []
    )
    assert rules_broken(updated("aws_security_group.g", before, ingress=[])) == []


OLD = {
    "security_group_id": "sg-1",
    "type": "ingress",
    "protocol": "tcp",
    "from_port": 80,
    "to_port": 80,
    "cidr_blocks": None,
    "source_security_group_id": "sg-2",
    "self": False,
}


@pytest.mark.parametrize("change", [{"source_security_group_id": "sg-3"}, {"type": "egress"}, {"to_port": 90}])
def test_the_older_kind_of_rule_is_read_too(change: dict[str, Any]) -> None:
    address = "aws_security_group_rule.old"
    assert rules_broken(HERE, THERE, resource(address, REPLACE, OLD, {**OLD, **change})) == ["security-group"]
    assert rules_broken(HERE, THERE, resource(address, REPLACE, OLD, {**OLD, "description": "a"})) == []


def test_icmp_has_types_and_codes_and_no_ports() -> None:
    ping = {**RULE, "ip_protocol": "icmp", "from_port": 8, "to_port": 0}
    every = {**ping, "from_port": -1, "to_port": -1}
    assert rules_broken(HERE, resource(IN, UPDATE, ping, every)) == ["security-group"]
    assert rules_broken(HERE, resource(IN, UPDATE, every, ping)) == []


def test_a_sensitive_range_is_found_and_not_told() -> None:
    rule = resource(IN, UPDATE, RULE, {**RULE, "cidr_ipv4": "8.8.8.8/32"}, after_sensitive={"cidr_ipv4": True})
    (finding,) = findings(HERE, rule)
    assert "8.8.8.8" not in finding.what
