"""IAM's wildcards: `*` is any text, `?` any one character."""

from __future__ import annotations

import functools
import re

ARN_PARTS = 6


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` is as `pattern` says; upper and lower case differ."""
    return _compiled(pattern).fullmatch(text) is not None


def arn_matches(pattern: str, arn: str) -> bool:
    """Match an ARN part by part: a wildcard in the account does not reach into the resource (IAM, `ArnLike`).

    Only a `*` at the end stands for all that follows.
    """
    wanted = pattern.split(":", ARN_PARTS - 1)
    found = arn.split(":", len(wanted) - 1)
    whole = len(wanted) == ARN_PARTS or pattern.endswith("*")
    return whole and len(wanted) == len(found) and all(map(matches, wanted, found))


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    words = {"*": ".*", "?": "."}
    return re.compile("".join(words.get(character) or re.escape(character) for character in pattern), re.DOTALL)
