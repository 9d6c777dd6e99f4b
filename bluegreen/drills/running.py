"""Plays many drills at some places at once."""

from __future__ import annotations

import os
import platform
import queue
import signal
import subprocess
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import SIGNALS, Stage, StageError
from bluegreen.report import drill as report
from bluegreen.report import words
from bluegreen.report.drill import Variant, Verdict
from bluegreen.report.evidence import Evidence, Run
from bluegreen.report.figures import Figures

from . import broken_off, logs, place, project
from .drill import Drill
from .place import Place
from .playing import Playing

MARKS: Mapping[tuple[Variant, Verdict], str] = {
    ("bluegreen", "kept"): "kept  ",
    ("bluegreen", "broken"): "BROKEN",
    ("article", "kept"): "article kept  ",
    ("article", "broken"): "article broken",
}
"""How a verdict is told. In the article's set-up a broken promise is what was to be found out."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be played. `minute`: real seconds that a minute of AWS takes; `rate`: requests a second."""

    drills: Mapping[Variant, Sequence[Drill]]
    """By the set-up that they are played in."""
    minute: float
    rate: float
    places: int
    root: Path
    """The user's project."""
    folder: Path
    """Where report and logs are written."""
    say: Callable[[str], None]

    @property
    def project(self) -> Path:
        """The project that the places apply."""
        return self.folder / "project"


@dataclass
class Round:
    """The drills of one set-up, played at its places at once."""

    plan: Plan
    variant: Variant
    waiting: queue.SimpleQueue[Drill] = field(default_factory=queue.SimpleQueue)
    shown: dict[str, report.Drill] = field(default_factory=dict)

    def play(self) -> tuple[report.Drill, ...]:
        """Play all, each once; those that no place was left for say so."""
        drills = self.plan.drills[self.variant]
        for drill in sorted(drills, key=lambda one: not one.long):
            self.waiting.put(drill)
        # The stages are left first, also when all is broken off: whoever still plays then finds no account and ends.
        with _signals_given_back(), ThreadPoolExecutor(self.plan.places) as pool, ExitStack() as stack:
            stages = list(self._opened(stack))
            self._wait([pool.submit(self._work, number, one) for number, one in enumerate(stages, 1)])
        return tuple(self.shown.get(drill.name) or self._never_played(drill) for drill in drills)

    def _opened(self, stack: ExitStack) -> Iterator[Stage]:
        """Start the loopbacks; one that does not start is told, and the others play on."""
        for _ in range(min(self.plan.places, len(self.plan.drills[self.variant]))):
            try:
                yield stack.enter_context(place.open_stage(self.plan.project, self.variant, self.plan.minute))
            except StageError as error:
                self.plan.say(str(error))

    def _wait(self, workers: Iterable[Future[None]]) -> None:
        """Wait for all: where one place is lost, the others play on."""
        for worker in workers:
            try:
                worker.result()
            except StageError as error:
                self.plan.say(str(error))

    def _work(self, number: int, stage: Stage) -> None:
        plan = self.plan
        playing = Playing(self._applied(number, stage), plan.rate, plan.folder)
        while True:
            try:
                drill = self.waiting.get_nowait()
            except queue.Empty:
                return
            begun = time.monotonic()
            try:
                self.shown[drill.name] = playing.play(drill)
            except Exception as error:
                (plan.folder / logs.folder(self.variant, drill) / "error.log").write_text(traceback.format_exc())
                self.shown[drill.name] = self._broke_off(drill, str(error))
                raise StageError(f"after {drill.name} its place is of no more use: {error}") from error
            finally:
                if drill.name in self.shown:
                    plan.say(_line(self.shown[drill.name], begun))

    def _applied(self, number: int, stage: Stage) -> Place:
        plan = self.plan
        name = f"apply-{number}.log" if self.variant == "bluegreen" else f"apply-{self.variant}-{number}.log"
        with (plan.folder / name).open("w", encoding="utf-8") as file:
            tell = Narrator(Console(file=file, width=200))
            try:
                applied = place.apply(stage, self.variant, plan.minute, tell)
            except (ClientError, BotoCoreError, OSError, subprocess.SubprocessError) as error:
                raise StageError(
                    f"a place could not be prepared ({plan.folder / name} has the rest): {error}"
                ) from error
        plan.say(f"{self.variant} applied in {tell.elapsed:.0f} s: {applied.orders.url}")
        return applied

    def _broke_off(self, drill: Drill, why: str) -> report.Drill:
        promises = (broken_off.promise(why),)
        return report.Drill(drill.name, drill.kind, drill.purpose, self.variant, promises, "", None, None, ())

    def _never_played(self, drill: Drill) -> report.Drill:
        return self._broke_off(drill, "no place was left to play it at")


@contextmanager
def _signals_given_back() -> Iterator[None]:
    """Let the next round be broken off as this one: a stage that was left has made the process deaf to signals.

    Not where all is broken off: a second Ctrl-C would leave behind what the first one is clearing away.
    """
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(plan: Plan) -> Evidence:
    """Play all drills, one set-up after the other, and return what they showed.

    Raises:
        StageError: no place could be prepared.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    plan.project.mkdir(parents=True, exist_ok=True)
    project.write(plan.project, plan.root)
    rounds = [Round(plan, variant) for variant in plan.drills]
    shown = [drill for one in rounds for drill in one.play()]
    if not any(one.shown for one in rounds):
        raise StageError("no place could be prepared, so no drill was played")
    return Evidence(described(started, time.monotonic() - clock, plan.minute, plan.rate), tuple(shown))


def _line(shown: report.Drill, begun: float) -> str:
    mark = MARKS[shown.variant, shown.verdict]
    broken = "; ".join(f"{one.text}: {one.seen}" for one in shown.promises if not one.kept)
    figures = shown.figures
    told = broken or (_told(figures) if figures else "")
    return f"{mark} {shown.name:<28} {time.monotonic() - begun:5.1f} s  {told}"


def _told(figures: Figures) -> str:
    dropped = words.dropped(figures.dropped, figures.risked)
    return f"{figures.requests} requests, {dropped}, {figures.unverified} unverified"


def described(started: datetime, seconds: float, minute: float, rate: float) -> Run:
    """Say when and on what a run was played."""
    machine = f"{len(os.sched_getaffinity(0))} cores, {platform.machine()}"
    return Run(started, seconds, machine, minute, rate)
