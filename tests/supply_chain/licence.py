"""Licence expressions as SPDX writes them: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/."""

from __future__ import annotations

import re
from collections.abc import Collection


def allowed(expression: str, licences: Collection[str]) -> bool:
    """Return whether the expression can be met with these licences alone; a slash is the old way to write OR."""
    words = re.findall(r"[()]|\b(?:AND|OR)\b|[^\s()]+(?: WITH [^\s()]+)?", expression.replace("/", " OR "))
    meets = {"(": "(", ")": ")", "AND": "and", "OR": "or"}
    python = " ".join(meets.get(word, str(word in licences)) for word in words)
    return bool(eval(python, {"__builtins__": {}}))  # noqa: S307 - nothing but brackets, and, or, True, False
