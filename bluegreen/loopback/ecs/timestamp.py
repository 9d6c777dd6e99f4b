"""Epoch seconds as moto's serializer takes them."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(seconds: float | None) -> datetime | None:
    """Return the moment of epoch `seconds`."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
