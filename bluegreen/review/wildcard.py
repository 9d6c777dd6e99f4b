"""IAM's patterns: `*` stands for any text, `?` for any character."""

from __future__ import annotations

import re
from functools import lru_cache


def covers(wide: str, narrow: str) -> bool:
    """Whether every text that `narrow` matches is matched by `wide`; False also where that is hard to tell."""
    return wide == narrow or _expression(wide).fullmatch(narrow) is not None


def may_meet(one: str, other: str) -> bool:
    """Whether some text may match both; False only where their beginnings exclude that."""
    start, beginning = _literal_start(one), _literal_start(other)
    if start == one and beginning == other:
        return one == other
    return start.startswith(beginning) or beginning.startswith(start)


@lru_cache(maxsize=4096)
def _expression(pattern: str) -> re.Pattern[str]:
    # A star of the narrow pattern can only be met by a star of the wide one: `?` is no match for it.
    parts = (".*" if part.startswith("*") else "[^*]" if part == "?" else re.escape(part) for part in _parts(pattern))
    return re.compile("".join(parts), re.DOTALL)


def _parts(pattern: str) -> list[str]:
    return re.findall(r"\*+|\?|[^*?]+", pattern)


def _literal_start(pattern: str) -> str:
    return re.split(r"[*?]", pattern, maxsplit=1)[0]
