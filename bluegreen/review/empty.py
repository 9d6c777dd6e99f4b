"""What is empty says nothing: AWS reads back an empty list where none was given."""

from __future__ import annotations

import json
from typing import Any

_NOTHING = (None, "", [], {})


def is_same(before: Any, after: Any) -> bool:
    """Whether two values, or the JSON that they hold, differ in nothing but what is empty."""
    one, other = pruned(_read(before)), pruned(_read(after))
    return one == other or (_is_nothing(one) and _is_nothing(other))


def pruned(value: Any) -> Any:
    """Return the value without what is empty in it."""
    if isinstance(value, dict):
        inside = {key: pruned(one) for key, one in value.items()}
        return {key: one for key, one in inside.items() if not _is_nothing(one)}
    if isinstance(value, list):
        return [pruned(one) for one in value]
    return value


def document(text: str) -> Any:
    """Return what a JSON object or list in a string holds; None if it is none."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _read(value: Any) -> Any:
    found = document(value) if isinstance(value, str) else None
    return value if found is None else found


def _is_nothing(value: Any) -> bool:
    return any(value is nothing or (type(value) is type(nothing) and value == nothing) for nothing in _NOTHING)
