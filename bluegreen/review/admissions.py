"""Every rule of every security group that a plan shows, before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .admission import ALL, Admission, peer_of, protocol
from .plan import Change, Kind, Plan, without_index

GROUP = "aws_security_group"
GROUPS = (GROUP, "aws_default_security_group")
RULES = {"aws_vpc_security_group_ingress_rule": "ingress", "aws_vpc_security_group_egress_rule": "egress"}
OLD_RULE = "aws_security_group_rule"
DIRECTIONS = ("ingress", "egress")


@dataclass(frozen=True)
class Held:
    """An admission, the group that holds it, and the resource that says so; `group` is an address, an id or ""."""

    group: str
    change: Change
    admission: Admission


def before(plan: Plan) -> Iterator[Held]:
    """Yield what the groups admit now."""
    for change in plan.resources:
        for group, admission in _read(change, change.before, _Names(plan, change, is_planned=False)):
            yield Held(group, change, admission)


def after(plan: Plan) -> Iterator[Held]:
    """Yield what the groups would admit."""
    for change in plan.resources:
        if change.kind not in (Kind.DESTROYED, Kind.FORGOTTEN):
            for group, admission in _read(change, change.after, _Names(plan, change, is_planned=True)):
                yield Held(group, change, admission)


@dataclass(frozen=True)
class _Names:
    """Names groups as they are or, in the values of after the apply, by their address alone if need be."""

    plan: Plan
    change: Change
    is_planned: bool

    def group(self, attribute: str, value: object) -> str:
        if self.is_unknown(attribute):
            return next(filter(None, (self.plan.named(self.change, attribute, type_) for type_ in GROUPS)), "")
        return _named(self.plan, value)

    def is_unknown(self, attribute: str) -> bool:
        return self.is_planned and self.change.is_unknown(attribute)


def _named(plan: Plan, value: object) -> str:
    return next((name for type_ in GROUPS if (name := plan.existing(type_, value)) != value), str(value))


def _read(change: Change, values: Mapping[str, Any], names: _Names) -> Iterator[tuple[str, Admission]]:
    if not values:
        return
    if change.type in RULES:
        group = names.group("security_group_id", values.get("security_group_id"))
        yield group, _rule(RULES[change.type], values, names)
    elif change.type == OLD_RULE:
        group = names.group("security_group_id", values.get("security_group_id"))
        peers = [*_peers(values, group), *_source(values, names)]
        yield from ((group, _admission(str(values.get("type")), values, peer)) for peer in peers)
    elif change.type in GROUPS:
        group = without_index(change.address)
        for direction in DIRECTIONS:
            for block in values.get(direction) or ():
                yield from ((group, _admission(direction, block, peer)) for peer in _block_peers(block, group, names))


def _rule(direction: str, values: Mapping[str, Any], names: _Names) -> Admission:
    for attribute in ("cidr_ipv4", "cidr_ipv6"):
        if values.get(attribute):
            return _admission(direction, values, peer_of(values[attribute]))
    if values.get("prefix_list_id"):
        return _admission(direction, values, str(values["prefix_list_id"]))
    peer = names.group("referenced_security_group_id", values.get("referenced_security_group_id"))
    return _admission(direction, values, peer if peer not in ("", "None") else None)


def _source(values: Mapping[str, Any], names: _Names) -> list[Any]:
    has_source = values.get("source_security_group_id") or names.is_unknown("source_security_group_id")
    if not has_source or values.get("self") or _peers(values, ""):
        return []
    return [names.group("source_security_group_id", values.get("source_security_group_id")) or None]


def _block_peers(block: Mapping[str, Any], group: str, names: _Names) -> list[Any]:
    return [*_peers(block, group), *(_named(names.plan, one) for one in block.get("security_groups") or ())]


def _peers(values: Mapping[str, Any], group: str) -> list[Any]:
    ranges = [*(values.get("cidr_blocks") or ()), *(values.get("ipv6_cidr_blocks") or ())]
    own = [group] if values.get("self") else []
    return [*map(peer_of, ranges), *(values.get("prefix_list_ids") or ()), *own]


def _admission(direction: str, values: Mapping[str, Any], peer: Any) -> Admission:
    name = protocol(values.get("ip_protocol", values.get("protocol")))
    everything = (-1, -1) if name == ALL else (0, 0)
    first, last = (values.get(key, other) for key, other in zip(("from_port", "to_port"), everything, strict=True))
    return Admission(
        direction=direction, protocol=name, first=-1 if first is None else int(first), peer=peer,
        last=-1 if last is None else int(last),
    )  # fmt: skip
