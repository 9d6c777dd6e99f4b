"""Pages of a list: as many as asked for, and a token for the rest."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from moto.ecs.exceptions import InvalidParameterException

LARGEST_PAGE = 100


def page(name: str, found: Sequence[str], request: Mapping[str, Any], default: int = LARGEST_PAGE) -> dict[str, Any]:
    """Return the page of `found` that the request wants, as the answer `name` and, where more follows, `nextToken`.

    Raises:
        InvalidParameterException: `maxResults` is not from 1 to 100, or `nextToken` is none of ours.
    """
    size = int(request.get("maxResults") or default)
    if not 1 <= size <= LARGEST_PAGE:
        raise InvalidParameterException(f"maxResults must be between 1 and {LARGEST_PAGE}.")
    first = _position(request.get("nextToken"))
    answer: dict[str, Any] = {name: list(found[first : first + size])}
    if first + size < len(found):
        answer["nextToken"] = base64.urlsafe_b64encode(str(first + size).encode()).decode()
    return answer


def _position(token: str | None) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError) as error:
        raise InvalidParameterException("Invalid token.") from error
