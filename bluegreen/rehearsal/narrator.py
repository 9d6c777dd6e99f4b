"""What the rehearsal says while it happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console


@dataclass(frozen=True)
class Promise:
    """Something the product promises, whether it was kept, and what was seen."""

    text: str
    kept: bool
    seen: str = ""


@dataclass
class Narrator:
    """Prints acts, what happens in them and the promises, each line with the seconds since the start."""

    console: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True))
    now: Callable[[], float] = time.monotonic
    promises: list[Promise] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._start = self.now()

    @property
    def elapsed(self) -> float:
        """Seconds since the rehearsal began."""
        return self.now() - self._start

    def act(self, title: str) -> None:
        """Begin a new act."""
        self.console.print()
        self.console.print(title, style="bold", markup=False)

    def say(self, text: str) -> None:
        """Tell what happens."""
        self.console.print(f"  {self.elapsed:6.1f}s  {text}", markup=False)

    def quote(self, line: str) -> None:
        """Repeat what a command printed."""
        self.console.print(f"           | {line}", style="dim", markup=False)

    def promise(self, text: str, kept: bool, seen: str = "") -> None:
        """Tell whether a promise was kept, and with what evidence."""
        self.promises.append(Promise(text, kept, seen))
        mark, style = ("kept  ", "green") if kept else ("BROKEN", "bold red")
        self.console.print(f"  {mark}   {text}{': ' + seen if seen else ''}", style=style, markup=False)

    @property
    def broken(self) -> tuple[Promise, ...]:
        """The promises that were not kept."""
        return tuple(promise for promise in self.promises if not promise.kept)
