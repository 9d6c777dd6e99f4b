"""Durations as people write them: `90s`, `30m`, `2h`."""

from __future__ import annotations

import re

import typer

SECONDS = {"s": 1, "m": 60, "h": 3600}


def seconds(text: str) -> float:
    """Return the seconds that a duration names.

    Raises:
        typer.BadParameter: it is not a number with s, m or h.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", text)
    if not found:
        raise typer.BadParameter(f"{text!r} is no duration: write 90s, 30m or 2h")
    return float(found[1]) * SECONDS[found[2]]
