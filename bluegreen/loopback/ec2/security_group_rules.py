"""The descriptions of security group rules, which moto loses where the peer is a group."""

from __future__ import annotations


def install() -> None:
    """Let a security group rule's description be read wherever moto put it.

    moto looks in the CIDR range alone; a rule whose peer is a security group has it there, and without it every plan
    would show a change.
    """
    from moto.ec2.models.security_groups import SecurityGroupRule  # noqa: PLC0415 - moto reads its environment then

    SecurityGroupRule.description = property(_description)  # type: ignore[method-assign,assignment]


def _description(rule: object) -> str | None:
    places = (getattr(rule, name, None) or {} for name in ("ip_range", "source_group"))
    return next((place["Description"] for place in places if place.get("Description")), None)
