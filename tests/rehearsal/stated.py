"""What is stated to be granted and unused, with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

UNUSED: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "unused_grants.toml").read_text())["unused"]


def patterns(role: str) -> list[str]:
    """Return the patterns that are stated for a role."""
    return [pattern for one in UNUSED if role in one["roles"] for pattern in one["grants"]]


def without_reason(role: str, unused: Iterable[str]) -> list[str]:
    """Return what is unused in a role and not stated."""
    return [one for one in unused if not any(fnmatchcase(one, pattern) for pattern in patterns(role))]


def for_nothing(unused: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the stated patterns that are true of nothing unused in any of their roles."""
    found = {role: list(grants) for role, grants in unused.items()}
    return [
        pattern
        for one in UNUSED
        for pattern in one["grants"]
        if not any(fnmatchcase(grant, pattern) for role in one["roles"] for grant in found[role])
    ]
