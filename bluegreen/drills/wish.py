"""What may be asked of a rehearsal. It imports next to nothing: `--help` needs words, not what plays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

STORY_FOLDER, DRILLS_FOLDER = Path(".build/rehearsal"), Path(".build/drills")
STORY_RATE, DRILL_RATE = 100.0, 200.0
"""Requests that visitors send each second."""


class Choice(StrEnum):
    """The set-ups that drills are played in."""

    BLUEGREEN = "bluegreen"
    ARTICLE = "article"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a user has asked for; None where the default holds, which the story and drills have each of their own."""

    minute: float
    """Real seconds that a minute of AWS takes."""
    record: Path | None
    rate: float | None
    """Requests each second."""
    drills: tuple[str, ...]
    """Their names; none for the story."""
    variant: Choice
    places: int
    """How many loopbacks drills are played on at once."""
    out: Path | None
