"""Durations as people write them: `500ms`, `90s`, `30m`, `2h`."""

from __future__ import annotations

import re

import typer

SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def seconds(text: str) -> float:
    """Return the seconds that a duration names.

    Raises:
        typer.BadParameter: it is not a number with ms, s, m or h.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|[smh])", text)
    if not found:
        raise typer.BadParameter(f"{text!r} is no duration: write 500ms, 90s, 30m or 2h")
    return float(found[1]) * SECONDS[found[2]]


def words(duration: float) -> str:
    """Write a number of seconds as people say it: `42 s`, `7 min 30 s`, `1 h 5 min`."""
    whole = max(0, round(duration))
    minutes, rest = divmod(whole, 60)
    if whole < 60:
        return f"{whole} s"
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
