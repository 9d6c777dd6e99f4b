"""Where events go: lines for a person, coloured on a terminal, or one JSON object a line."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Protocol, TextIO

import typer

if TYPE_CHECKING:
    from .event import Event

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of words.")]

STYLES = {"good": "green", "bad": "bold red", "": None}
INDENT = " " * 10


class Report(Protocol):
    """Takes events as they happen."""

    def tell(self, event: Event) -> None:
        """Pass one event on at once."""
        ...


class Lines:
    """One line per change, with the local time; control codes only when the stream is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console  # noqa: PLC0415 - `--json` and `--help` need not pay for it

        self._console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def tell(self, event: Event) -> None:
        """Print the event's words; further lines are set in under the first."""
        text = event.text.replace("\n", f"\n{INDENT}")
        self._console.print(f"{event.at.astimezone():%H:%M:%S}  {text}", style=STYLES[event.tone])


class JsonLines:
    """One JSON object a line, flushed at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, event: Event) -> None:
        """Write the event's fields after its kind and time."""
        line = {"event": event.kind, "at": event.at.isoformat(timespec="milliseconds"), **event.fields}
        print(json.dumps(line, default=str), file=self._stream, flush=True)


def choose(*, as_json: bool, stream: TextIO | None = None) -> Report:
    """Return the report that `--json` asks for, on standard output."""
    return JsonLines(stream or sys.stdout) if as_json else Lines(stream or sys.stdout)
