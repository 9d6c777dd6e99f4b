"""EC2 where moto forgets what Terraform reads back, or keeps what was deleted."""

from __future__ import annotations

from . import nat_gateways, security_group_rules


def install() -> None:
    """Put right what differs from EC2."""
    security_group_rules.install()
    nat_gateways.install()
