"""Pages of what is described: as many as asked for, and a marker for the rest."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any

from moto.elbv2.exceptions import ValidationError

LARGEST_PAGE = 400


def page(name: str, found: Iterable[Any], request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the page of `found` that the request wants, as the answer `name` and, where more follows, `NextMarker`.

    Raises:
        ValidationError: `PageSize` is not from 1 to 400, or `Marker` is none of ours.
    """
    whole, size, first = list(found), _size(request.get("PageSize")), _position(request.get("Marker"))
    answer: dict[str, Any] = {name: whole[first : first + size]}
    if first + size < len(whole):
        answer["NextMarker"] = base64.urlsafe_b64encode(str(first + size).encode()).decode()
    return answer


def _size(asked: int | None) -> int:
    if asked is None:
        return LARGEST_PAGE
    if not 1 <= asked <= LARGEST_PAGE:
        limit = "greater than or equal to 1" if asked < 1 else f"less than or equal to {LARGEST_PAGE}"
        raise ValidationError(
            f"1 validation error detected: Value '{asked}' at 'pageSize' failed to satisfy constraint: "
            f"Member must have value {limit}"
        )
    return asked


def _position(marker: str | None) -> int:
    if not marker:
        return 0
    try:
        digits = base64.urlsafe_b64decode(marker).decode()
        if digits.isdecimal():
            return int(digits)
    except (binascii.Error, ValueError):
        pass
    raise ValidationError(f"Invalid marker: '{marker}'")
