"""The product's own commands, run the way a user runs them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bluegreen.loopback.processes import Process
from bluegreen.release_target import ReleaseTarget

from .cast import Version
from .narrator import Narrator
from .stage import Stage

LIMIT = 120.0
PLAIN = {"NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb"}


@dataclass(frozen=True)
class Outcome:
    """How a command ended and every line it printed."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_with(self, *words: str) -> str:
        """Return the first line that contains all the words, or nothing."""
        return next((line.strip() for line in self.lines if all(word in line for word in words)), "")


@dataclass(frozen=True)
class Running:
    """A command under way."""

    stage: Stage
    name: str
    process: Process
    lines: list[str] = field(default_factory=list)

    def wait(self) -> Outcome:
        """Wait until it ends.

        Raises:
            StageError: it does not end within two minutes.
        """
        code = self.stage.wait(self.name, self.process, LIMIT)
        return Outcome(code, tuple(self.lines))


@dataclass(frozen=True)
class CommandLine:
    """Runs `bluegreen` on one service, and `pytest`; what they print is quoted as it comes."""

    stage: Stage
    tell: Narrator
    target: ReleaseTarget

    def deploy(self, version: Version) -> Running:
        """Start `bluegreen deploy` of a version."""
        return self.start("deploy", "--image-tag", version.tag)

    def go_on(self, deployment_id: str) -> Outcome:
        """Run `bluegreen continue`."""
        return self.start("continue", deployment_id).wait()

    def pytest(self, *arguments: str) -> Outcome:
        """Run pytest in an empty folder: only the plugin's tests are there."""
        quiet = ["-v", "--no-header", "-p", "no:cacheprovider", "-p", "no:asyncio"]
        return self._start(
            "pytest", [sys.executable, "-m", "pytest", *quiet, *arguments], self.stage.folder / "tmp"
        ).wait()

    def start(self, verb: str, *arguments: str, more: Mapping[str, str] | None = None) -> Running:
        """Start `bluegreen` with a verb, its arguments, and `more` variables."""
        words = [verb, *self.target.options.split(), *arguments]
        self.tell.say(f"$ bluegreen {' '.join(words)}")
        command = [sys.executable, "-m", "bluegreen", *words]
        return self._start(f"bluegreen {verb}", command, self.stage.project, more or {})

    def _start(self, name: str, command: list[str], folder: Path, more: Mapping[str, str] = PLAIN) -> Running:
        lines: list[str] = []
        process = self.stage.start(command, self._quoted(lines), more={**PLAIN, **more}, folder=folder)
        return Running(self.stage, name, process, lines)

    def _quoted(self, lines: list[str]) -> Callable[[str], None]:
        def hear(line: str) -> None:
            lines.append(line)
            self.tell.quote(line)

        return hear
