"""Which address range each subnet has: listed, or counted up through the VPC's range."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, ip_network
from itertools import combinations

from .network import NetworkSettings


class SubnetError(ValueError):
    """A range that cannot be: the key under `network`, what was found, what is allowed."""

    def __init__(self, key: str, found: object, allowed: str) -> None:
        super().__init__(f"network.{key}: found {found!r}, allowed: {allowed}")
        self.key, self.found, self.allowed = f"network.{key}", found, allowed


@dataclass(frozen=True, kw_only=True)
class Subnets:
    """The ranges of each tier, one an availability zone."""

    public: tuple[str, ...]
    private: tuple[str, ...]
    isolated: tuple[str, ...]


def subnets(network: NetworkSettings) -> Subnets:
    """Return the subnets' ranges.

    Raises:
        SubnetError: not a range, outside of the VPC, overlapping, too few, or too many for the VPC.
    """
    vpc = _range("cidr", network.cidr)
    if not 16 <= vpc.prefixlen <= 28:
        raise SubnetError("cidr", network.cidr, "a range of /16 to /28")
    tiers = {tier: _tier(network, vpc, number, tier) for number, tier in enumerate(("public", "private", "isolated"))}
    _check_apart([(f"{tier}_subnets", r) for tier, ranges in tiers.items() for r in ranges])
    return Subnets(**{tier: tuple(str(r) for r in ranges) for tier, ranges in tiers.items()})


def _tier(network: NetworkSettings, vpc: IPv4Network, number: int, tier: str) -> list[IPv4Network]:
    key, zones = f"{tier}_subnets", network.availability_zones
    listed = getattr(network, key)
    if not listed:
        return _counted(network, vpc)[number * zones : (number + 1) * zones]
    if len(listed) != zones:
        raise SubnetError(key, list(listed), f"one range for each of the {zones} availability zones")
    ranges = [_range(key, text) for text in listed]
    for one in ranges:
        if not one.subnet_of(vpc):
            raise SubnetError(key, str(one), f"ranges within the VPC's, {vpc}")
    return ranges


def _counted(network: NetworkSettings, vpc: IPv4Network) -> list[IPv4Network]:
    needed = 3 * network.availability_zones
    available = 2 ** (network.subnet_prefix - vpc.prefixlen) if network.subnet_prefix >= vpc.prefixlen else 0
    if available < needed:
        words = f"a prefix length with {needed} subnets in {vpc}"
        raise SubnetError("subnet_prefix", network.subnet_prefix, words)
    counted = vpc.subnets(new_prefix=network.subnet_prefix)
    return [next(counted) for _ in range(needed)]


def _range(key: str, text: str) -> IPv4Network:
    try:
        network = ip_network(text)
    except ValueError as error:
        raise SubnetError(key, text, f"an IPv4 range, as in 10.0.0.0/24 ({error})") from None
    if not isinstance(network, IPv4Network):
        raise SubnetError(key, text, "an IPv4 range, as in 10.0.0.0/24")
    return network


def _check_apart(ranges: list[tuple[str, IPv4Network]]) -> None:
    for (_, one), (key, other) in combinations(ranges, 2):
        if one.overlaps(other):
            raise SubnetError(key, str(other), f"ranges that do not overlap; {one} is taken")
