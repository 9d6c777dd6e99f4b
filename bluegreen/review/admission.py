"""What one security group rule lets through, and whether another lets it through already."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

ALL = "-1"
_PROTOCOLS = {"all": ALL, "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_ICMP = ("icmp", "icmpv6")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Traffic in one direction, `ingress` or `egress`, of one protocol, to ports, from or to one peer.

    `peer` is a range of addresses, or the name of a group or a prefix list; None if it is not known yet. For ICMP
    `first` and `last` are type and code; -1 is any.
    """

    direction: str
    protocol: str
    first: int
    last: int
    peer: Network | str | None

    def __str__(self) -> str:
        """As in `tcp 443 from 10.0.0.0/16`."""
        ports = f" {self.first}" if self.first == self.last else f" {self.first}-{self.last}"
        what = "everything" if self.protocol == ALL else f"{self.protocol}{ports}"
        peer = "something that is known after the apply" if self.peer is None else self.peer
        return f"{what} {'from' if self.direction == 'ingress' else 'to'} {peer}"


def protocol(value: object) -> str:
    """Return the name of a protocol that may be given as a number."""
    text = str(value).lower()
    return _PROTOCOLS.get(text, text)


def peer_of(cidr: str) -> Network | str:
    """Return the range that a CIDR names; what is none stays text, and so covers itself alone."""
    try:
        return ipaddress.ip_network(cidr, strict=False)
    except ValueError:
        return cidr


def is_covered(one: Admission, by: Iterable[Admission]) -> bool:
    """Whether the traffic passes already: one rule covers it, or the address ranges of several do together."""
    wide = [other.peer for other in by if other.direction == one.direction and _covers_ports(other, one)]
    match one.peer:
        case None:
            return False
        case str():
            return one.peer in wide
        case ipaddress.IPv4Network() as v4:
            ranges4 = [peer for peer in wide if isinstance(peer, ipaddress.IPv4Network)]
            return any(v4.subnet_of(other) for other in ipaddress.collapse_addresses(ranges4))
        case ipaddress.IPv6Network() as v6:
            ranges6 = [peer for peer in wide if isinstance(peer, ipaddress.IPv6Network)]
            return any(v6.subnet_of(other) for other in ipaddress.collapse_addresses(ranges6))


def _covers_ports(wide: Admission, narrow: Admission) -> bool:
    if wide.protocol == ALL:
        return True
    if wide.protocol != narrow.protocol:
        return False
    if wide.protocol in _ICMP:
        return wide.first in (-1, narrow.first) and wide.last in (-1, narrow.last)
    return wide.first <= narrow.first and narrow.last <= wide.last
