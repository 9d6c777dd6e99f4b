"""Plays many drills at some places at once."""

from __future__ import annotations

import os
import platform
import queue
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import Stage, StageError
from bluegreen.report import drill as report
from bluegreen.report.drill import Promise
from bluegreen.report.evidence import Evidence, Run

from . import place, project
from .drill import Drill
from .playing import Playing


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be played. `minute`: real seconds that a minute of AWS takes; `rate`: requests a second."""

    drills: Sequence[Drill]
    minute: float
    rate: float
    places: int
    root: Path
    """The user's project."""
    folder: Path
    """Where report and logs are written."""


def run(plan: Plan, say: Callable[[str], None]) -> Evidence:
    """Play all drills, each once, and return what they showed.

    Raises:
        StageError: no place could be prepared.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    project_folder = plan.folder / "project"
    project_folder.mkdir(parents=True, exist_ok=True)
    project.write(project_folder, plan.root)
    waiting: queue.SimpleQueue[Drill] = queue.SimpleQueue()
    for drill in plan.drills:
        waiting.put(drill)
    shown: dict[str, report.Drill] = {}
    # The stages are left first, also when all is broken off: whoever still plays then finds no account and ends.
    with ThreadPoolExecutor(plan.places) as pool, ExitStack() as stack:
        count = min(plan.places, len(plan.drills))
        stages = [stack.enter_context(place.open_stage(project_folder, plan.minute)) for _ in range(count)]
        _wait([pool.submit(_work, plan, number, one, waiting, shown, say) for number, one in enumerate(stages, 1)], say)
    if not shown:
        raise StageError("no place could be prepared, so no drill was played")
    run_ = described(started, time.monotonic() - clock, plan.minute, plan.rate)
    return Evidence(run_, tuple(shown.get(drill.name) or _never_played(drill) for drill in plan.drills))


def _wait(workers: Iterable[Future[None]], say: Callable[[str], None]) -> None:
    """Wait for all: where one place is lost, the others play on."""
    for worker in workers:
        try:
            worker.result()
        except StageError as error:
            say(str(error))


def _work(
    plan: Plan,
    number: int,
    stage: Stage,
    waiting: queue.SimpleQueue[Drill],
    shown: dict[str, report.Drill],
    say: Callable[[str], None],
) -> None:
    with (plan.folder / f"apply-{number}.log").open("w", encoding="utf-8") as file:
        tell = Narrator(Console(file=file, width=200))
        playing = Playing(place.apply(stage, plan.minute, tell), plan.rate, plan.folder)
    say(f"applied in {tell.elapsed:.0f} s: {playing.place.orders.url}")
    while True:
        try:
            drill = waiting.get_nowait()
        except queue.Empty:
            return
        begun = time.monotonic()
        try:
            shown[drill.name] = playing.play(drill)
        except Exception as error:
            (plan.folder / "logs" / drill.name / "error.log").write_text(traceback.format_exc())
            shown[drill.name] = _broke_off(drill, str(error))
            say(_line(shown[drill.name], begun))
            raise StageError(f"after {drill.name} its place is of no more use: {error}") from error
        say(_line(shown[drill.name], begun))


def _line(shown: report.Drill, begun: float) -> str:
    mark = "kept  " if shown.verdict == "kept" else "BROKEN"
    broken = "; ".join(f"{one.text}: {one.seen}" for one in shown.promises if not one.kept)
    figures = shown.figures
    told = f"{figures.requests} requests, {figures.dropped} dropped, {figures.unverified} unverified" if figures else ""
    return f"{mark} {shown.name:<28} {time.monotonic() - begun:5.1f} s  {broken or told}"


def _broke_off(drill: Drill, why: str) -> report.Drill:
    promise = Promise("the drill was played to its end", False, why)
    return report.Drill(drill.name, drill.kind, drill.purpose, "bluegreen", (promise,), "", None, None, ())


def _never_played(drill: Drill) -> report.Drill:
    return _broke_off(drill, "no place was left to play it at")


def described(started: datetime, seconds: float, minute: float, rate: float) -> Run:
    """Say when and on what a run was played."""
    machine = f"{len(os.sched_getaffinity(0))} cores, {platform.machine()}"
    return Run(started, seconds, machine, minute, rate)
