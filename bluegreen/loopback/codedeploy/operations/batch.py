"""The limit of operations that take several names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bluegreen.loopback.codedeploy.exceptions import Refusal

LIMIT = 100


def batch(items: Sequence[Any] | None, limit: int = LIMIT) -> Sequence[Any]:
    """Return the items.

    Raises:
        Refusal: there are more than `limit`.
    """
    found = items or []
    if len(found) > limit:
        raise Refusal("BatchLimitExceeded", f"A batch takes at most {limit} items, not {len(found)}")
    return found
