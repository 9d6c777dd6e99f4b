"""Lists in pages: the token says after which item the next page begins, so that a newer item moves none of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, TypeVar

from bluegreen.loopback.codedeploy.exceptions import Refusal

PAGE = 100

T = TypeVar("T")


def page(
    items: Sequence[T],
    key: str,
    token: str | None,
    *,
    wanted: Callable[[T], bool] = lambda _: True,
    mark: Callable[[T], str] = str,
    show: Callable[[T], Any] = lambda item: item,
) -> dict[str, Any]:
    """Return at most a hundred of the wanted items under `key`, and `nextToken` where there are more.

    Args:
        items: all there are, wanted or not: the one that the token names need not be wanted any more.
        mark: the name by which the token knows an item.
        show: what the list has of an item.

    Raises:
        Refusal: the token is not one of this list.
    """
    start = _start(token, key, [mark(item) for item in items]) if token else 0
    found = list(islice((at for at in range(start, len(items)) if wanted(items[at])), PAGE + 1))
    shown = found[:PAGE]
    following = _token(key, mark(items[shown[-1]]), shown[-1] + 1) if len(found) > PAGE else None
    return {key: [show(items[at]) for at in shown], "nextToken": following}


def _token(key: str, last: str, following: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([key, last, following]).encode()).decode()


def _start(token: str, key: str, marks: Sequence[str]) -> int:
    try:
        of, last, following = json.loads(base64.urlsafe_b64decode(token))
    except (ValueError, TypeError, RecursionError):
        raise _invalid(token) from None
    if of != key or not isinstance(following, int):
        raise _invalid(token)
    # what the last page ended with may be deleted since; then its place must do
    return marks.index(last) + 1 if last in marks else max(0, following - 1)


def _invalid(token: str) -> Refusal:
    return Refusal("InvalidNextToken", f"The next token is invalid: {token}")
