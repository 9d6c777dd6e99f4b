"""Custom domain names: kept and described, with where a record would point; nothing answers under them here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

ZONE = "Z1UJRXOUMOOFQ8"
"""Hosted zone of regional API Gateway names in us-east-1, given for every region."""


def described(name: str, configurations: Iterable[Mapping[str, Any]], region: str) -> list[dict[str, Any]]:
    """Return the DomainNameConfigurations with what API Gateway adds to them."""
    target = f"d-{hashlib.sha256(name.encode()).hexdigest()[:10]}.execute-api.{region}.amazonaws.com"
    added = {"apiGatewayDomainName": target, "domainNameStatus": "AVAILABLE", "hostedZoneId": ZONE}
    return [{"ipAddressType": "ipv4", **one, **added} for one in configurations]
