"""Conditions of IAM statements: whether one set of them lets through whatever another does."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

from . import wildcard

_LIKE = {"StringLike": "StringEquals", "ArnLike": "ArnEquals", "ArnEquals": "ArnLike"}
_ARN = ("ArnLike", "ArnEquals")


def is_no_stricter(
    wide: Mapping[tuple[str, str], frozenset[str]], narrow: Mapping[tuple[str, str], frozenset[str]]
) -> bool:
    """Whether a request that meets all of `narrow` meets all of `wide`; False also where that is hard to tell."""
    return all(
        any(
            key == other_key and _covers(operator, values, other, other_values)
            for (other, other_key), other_values in narrow.items()
        )
        for (operator, key), values in wide.items()
    )


def _covers(operator: str, values: frozenset[str], other: str, other_values: frozenset[str]) -> bool:
    prefix, name = _split(operator)
    other_prefix, other_name = _split(other)
    if prefix != other_prefix or other_name not in (name, _LIKE.get(name)):
        return False
    if "Not" in name:
        # Whoever is kept out by the wide one must be kept out by the narrow one.
        return all(any(_matches(name, out, value) for out in other_values) for value in values)
    return all(any(_matches(name, value, one) for value in values) for one in other_values)


def _split(operator: str) -> tuple[str, str]:
    """`ForAnyValue:StringLikeIfExists` → (`ForAnyValue:…IfExists`, `StringLike`)."""
    found = re.fullmatch(r"(For\w+:)?(\w+?)(IfExists)?", operator)
    if found is None:
        return "", operator
    return f"{found[1] or ''}…{found[3] or ''}", found[2]


def _matches(name: str, pattern: str, value: str) -> bool:
    if name in _ARN or name.endswith("Like"):
        return wildcard.covers(pattern, value)
    if name.endswith("IpAddress"):
        return _contains(pattern, value)
    return pattern == value


def _contains(pattern: str, value: str) -> bool:
    try:
        wide, narrow = ipaddress.ip_network(pattern), ipaddress.ip_network(value)
    except ValueError:
        return pattern == value
    if isinstance(wide, ipaddress.IPv4Network) and isinstance(narrow, ipaddress.IPv4Network):
        return narrow.subnet_of(wide)
    if isinstance(wide, ipaddress.IPv6Network) and isinstance(narrow, ipaddress.IPv6Network):
        return narrow.subnet_of(wide)
    return False
