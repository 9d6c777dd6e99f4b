"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """A release may go well, or says less than it seems to; or nothing could be seen."""
    ERROR = "error"
    """A release would fail."""


@dataclass(frozen=True)
class Finding:
    """What was found, and what to do about it; a sound finding has no remedy."""

    level: Level
    found: str
    remedy: str = ""


def sound(found: str) -> Finding:
    """Nothing stands in the way."""
    return Finding(Level.OK, found)


def doubtful(found: str, remedy: str) -> Finding:
    """A release may go on."""
    return Finding(Level.WARNING, found, remedy)


def wrong(found: str, remedy: str) -> Finding:
    """A release would fail."""
    return Finding(Level.ERROR, found, remedy)


def worst(findings: Iterable[Finding]) -> Finding:
    """Return the first of the worst findings."""
    return max(findings, key=lambda one: list(Level).index(one.level))


def of_level(findings: Mapping[str, Finding], level: Level) -> dict[str, Finding]:
    """Return the findings of one level, by check."""
    return {check: one for check, one in findings.items() if one.level == level}
