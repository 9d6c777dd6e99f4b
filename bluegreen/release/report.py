"""Where events go: a live view on a terminal, lines anywhere else, or one JSON object a line."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from . import outputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from .event import Event

STYLES = {"good": "green", "bad": "bold red", "": None}
INDENT = " " * 10
NO_SCREEN = ("", "dumb", "unknown")


class Report(Protocol):
    """Takes events as they happen."""

    def tell(self, event: Event) -> None:
        """Pass one event on at once."""
        ...

    def close(self) -> None:
        """Leave the terminal as it was; whoever watched has ended, in whatever way."""
        ...


class Lines:
    """One line per change, with the local time; control codes only when the stream is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._console = console(stream)

    def tell(self, event: Event) -> None:
        """Print the event's words; further lines are set in under the first."""
        print_event(self._console, event)

    def close(self) -> None:
        """Every line is out already."""


class JsonLines:
    """One JSON object a line, flushed at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, event: Event) -> None:
        """Write the event's fields after its kind and time."""
        line = {"event": event.kind, "at": event.at.isoformat(timespec="milliseconds"), **event.fields}
        print(json.dumps(line, default=_plain), file=self._stream, flush=True)

    def close(self) -> None:
        """Every line is out already."""


def choose(*, as_json: bool, stream: TextIO | None = None, environ: Mapping[str, str] = os.environ) -> Report:
    """Return the report that `--json` or the terminal asks for, on standard output; it notes outputs where CI asks."""
    chosen = _shown(stream or sys.stdout, environ, as_json=as_json)
    return outputs.Outputs(chosen, environ) if environ.get(outputs.VARIABLE) else chosen


def _shown(stream: TextIO, environ: Mapping[str, str], *, as_json: bool) -> Report:
    if as_json:
        return JsonLines(stream)
    if not can_show_live(stream, environ):
        return Lines(stream)
    from .live_view import LiveView  # noqa: PLC0415 - only a terminal needs it

    return LiveView(stream, environ)


def can_show_live(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether somebody sits at a terminal that can move its cursor; a CI's terminal is a log that is read later."""
    return stream.isatty() and environ.get("TERM", "") not in NO_SCREEN and not environ.get("CI")


def console(stream: TextIO) -> Console:
    """Make a console that prints AWS's words as they are."""
    from rich.console import Console  # noqa: PLC0415 - `--json` and `--help` need not pay for it

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def print_event(on: Console, event: Event) -> None:
    """Print an event's words after the local time."""
    text = event.text.replace("\n", f"\n{INDENT}")
    on.print(f"{event.at.astimezone():%H:%M:%S}  {text}", style=STYLES.get(event.tone), soft_wrap=True)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
