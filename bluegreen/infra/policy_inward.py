"""The rule about who gets in: other security groups, and addresses of the VPC itself."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from .stack_json import Resource, StackJson

Finding = tuple[str, str]


def nothing_is_open_inward(stack: StackJson) -> Iterator[Finding]:
    own = [IPv4Network(vpc["cidr_block"]) for _, vpc in stack.resources("aws_vpc")]
    for address, text in _let_in(stack):
        if not _within(own, stack, text):
            yield address, f"the rule lets in {text}, which is not within the VPC's range"
    for address, group in stack.resources("aws_security_group", "aws_default_security_group"):
        if group.get("ingress"):
            yield address, "rules inside of a group are not checked: each is a resource of its own"


def _let_in(stack: StackJson) -> Iterator[Finding]:
    """Yield the address of each rule inward with each range, or list of ranges, that it lets in."""
    for address, rule in stack.resources("aws_vpc_security_group_ingress_rule"):
        for key in ("cidr_ipv4", "cidr_ipv6", "prefix_list_id"):
            if rule.get(key):
                yield address, rule[key]
    for address, rule in stack.resources("aws_security_group_rule"):
        if rule.get("type") == "ingress":
            yield from ((address, text) for text in _ranges(rule))


def _ranges(rule: Resource) -> list[str]:
    return [text for key in ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids") for text in rule.get(key, [])]


def _within(own: list[IPv4Network], stack: StackJson, text: str) -> bool:
    try:
        range_ = IPv4Network(text)
    except ValueError:
        # The VPC has no IPv6 range; what is in a prefix list, nobody knows here.
        return _is_a_vpc_s(stack, text)
    return any(range_.subnet_of(vpc) for vpc in own)


def _is_a_vpc_s(stack: StackJson, reference: str) -> bool:
    return any(reference == f"${{{address}.cidr_block}}" for address, _ in stack.resources("aws_vpc"))
