"""How long a connection may be silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.elbv2.exceptions import ValidationError

IDLE_TIMEOUT = "idle_timeout.timeout_seconds"
DEFAULT, MOST = 60, 4000  # seconds, ELB user guide, "Load balancer attributes"


def check(attributes: Mapping[str, Any]) -> None:
    """Refuse what no load balancer takes.

    Raises:
        ValidationError: it is no number from 1 to 4000.
    """
    wanted = str(attributes.get(IDLE_TIMEOUT, DEFAULT))
    if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= MOST):
        raise ValidationError(f"'{IDLE_TIMEOUT}' is {wanted!r}: it must be a number from 1 to {MOST}")


def seconds(attributes: Mapping[str, Any]) -> int:
    """Return what a load balancer with these attributes allows."""
    return int(attributes.get(IDLE_TIMEOUT, DEFAULT))
