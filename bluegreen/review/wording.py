"""Values in words: short ones in a line, long ones and JSON documents as a diff."""

from __future__ import annotations

import difflib
import json
from typing import Any

from . import empty
from .difference import Difference, Mark

LONGEST_VALUE = 160
"""Characters of a value that is told in one line."""
MOST_LINES = 60
LONGEST_LINE = 200
CONTEXT = 2


def is_short(difference: Difference) -> bool:
    """Whether the change fits into a line; what is not shown always does."""
    values = (difference.before, difference.after)
    return any(isinstance(value, Mark) for value in values) or all(map(_fits, values))


def short(value: Any) -> str:
    """Return a value in one line, its end left out if it is long; (none) where there is none."""
    match value:
        case None:
            return "(none)"
        case Mark():
            return value.text
        case str() if value and value.strip() == value:
            text = " ".join(value.splitlines())
        case _:
            text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def diff(difference: Difference) -> list[str]:
    """Return the lines of a diff of two long values, at most `MOST_LINES` of them and one that says how many more.

    JSON is laid out as YAML, in which a line that is added changes no other.
    """
    before, after = _laid_out(difference.before, difference.after)
    lines = list(difflib.unified_diff(before, after, lineterm="", n=CONTEXT))[3:]
    # A hunk's line numbers say nothing about a value that was laid out for this.
    told = ["  …" if line.startswith("@@") else _cut(line) for line in lines]
    rest = len(told) - MOST_LINES
    return told if rest <= 0 else [*told[:MOST_LINES], f"  ({rest} more lines)"]


def _fits(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_VALUE and "\n" not in value and empty.document(value) is None
    return value is None or len(json.dumps(value)) <= LONGEST_VALUE


def _laid_out(before: Any, after: Any) -> tuple[list[str], list[str]]:
    one, other = (empty.document(value) if isinstance(value, str) else value for value in (before, after))
    return _lines(empty.pruned(one), before), _lines(empty.pruned(other), after)


def _lines(document: Any, text: Any) -> list[str]:
    import yaml  # noqa: PLC0415 - `--help` need not pay for it

    if document is None:
        return [] if text is None else str(text).splitlines()
    laid_out: str = yaml.safe_dump(document, sort_keys=True, allow_unicode=True, width=10 * LONGEST_LINE)
    return laid_out.splitlines()


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
