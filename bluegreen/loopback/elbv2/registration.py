"""Targets as a client names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import AddressValueError, IPv4Address
from typing import Any

from moto.elbv2.exceptions import ValidationError

from .targets import Key


def keys(targets: Iterable[Mapping[str, Any]], default: str | int) -> list[Key]:
    """Return who is meant: a target without a port has its group's, the `default`.

    ECS's own records spell the words in lower case.

    Raises:
        ValidationError: one is named by something else than an IPv4 address, all that there is on the loopback.
    """
    words = [{name.lower(): value for name, value in target.items()} for target in targets]
    return [Key(_address(target["id"]), int(target.get("port") or default)) for target in words]


def _address(name: str) -> str:
    try:
        return str(IPv4Address(name))
    except AddressValueError as error:
        raise ValidationError(
            f"The target ID '{name}' is not an IPv4 address, and the loopback has no other targets"
        ) from error
