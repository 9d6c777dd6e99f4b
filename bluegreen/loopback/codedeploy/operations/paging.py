"""Lists in pages: the token says where the next page begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bluegreen.loopback.codedeploy.exceptions import Refusal

PAGE = 100


def page(items: Sequence[Any], key: str, token: str | None) -> dict[str, Any]:
    """Return at most a hundred items under `key`, and `nextToken` where there are more.

    Raises:
        Refusal: the token is not one of ours.
    """
    start = _start(token, len(items))
    following = start + PAGE
    return {key: list(items[start:following]), "nextToken": f"{following:08d}" if following < len(items) else None}


def _start(token: str | None, count: int) -> int:
    if not token:
        return 0
    if not token.isdecimal() or int(token) > count:
        raise Refusal("InvalidNextToken", f"The next token is invalid: {token}")
    return int(token)
