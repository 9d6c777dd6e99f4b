"""IAM's wildcards: `*` is any text, `?` any one character."""

from __future__ import annotations

import functools
import re

ARN_PARTS = 6


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` is as `pattern` says; upper and lower case differ."""
    return _compiled(pattern).fullmatch(text) is not None


def arn_matches(pattern: str, arn: str) -> bool:
    """Match an ARN part by part: a wildcard in the account does not reach into the resource (IAM, `ArnLike`)."""
    wanted, found = pattern.split(":", ARN_PARTS - 1), arn.split(":", ARN_PARTS - 1)
    if len(wanted) < ARN_PARTS or len(found) < ARN_PARTS:
        return matches(pattern, arn)
    return all(matches(one, other) for one, other in zip(wanted, found, strict=True))


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    words = {"*": ".*", "?": "."}
    return re.compile("".join(words.get(character) or re.escape(character) for character in pattern), re.DOTALL)
