"""What a resource that is added or destroyed is, in a few words."""

from __future__ import annotations

from .plan import Change, Kind
from .wording import LONGEST_VALUE

_NAMES = (
    "name",
    "family",
    "bucket",
    "function_name",
    "alarm_name",
    "deployment_group_name",
    "cidr_block",
    "policy_arn",
)


def identity(change: Change) -> str:
    """Return what the resource is called, or what a security group rule lets through; "" if nothing is known."""
    values = change.before if change.kind is Kind.DESTROYED else change.after
    for attribute in ("name", *_NAMES):
        value = values.get(attribute)
        if isinstance(value, str) and value and not change.is_sensitive(attribute):
            return value[:LONGEST_VALUE]
    if "ip_protocol" in values:
        return _rule(change, values)
    tags = values.get("tags") or {}
    return str(tags.get("Name", ""))[:LONGEST_VALUE] if not change.is_sensitive("tags") else ""


def _rule(change: Change, values: object) -> str:
    peers = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
    shown = values if isinstance(values, dict) else {}
    if any(change.is_sensitive(name) for name in (*peers, "from_port", "to_port", "ip_protocol")):
        return ""
    peer = next((str(shown[name]) for name in peers if shown.get(name)), "another group of this plan")
    first, last = shown.get("from_port"), shown.get("to_port")
    ports = "" if first is None else f" {first}" if first == last else f" {first}-{last}"
    way = "from" if "ingress" in change.type else "to"
    return f"{shown['ip_protocol']}{ports} {way} {peer}".replace("-1 ", "everything ", 1)
