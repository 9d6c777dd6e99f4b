"""`bluegreen rehearse`."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from bluegreen import settings

from .narrator import Narrator
from .releases import Release
from .stage import Stage, StageError
from .story import Ending, Story

ENVIRONMENT = "rehearsal"
INTERRUPTED = 130

app = typer.Typer(add_completion=False)


def _duration(text: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)?(ms|s|m)", text):
        raise typer.BadParameter(f"{text!r} is no duration; write 2s, 500ms or 1m")
    return text


@app.command()
def rehearse(
    minute: Annotated[
        str, typer.Option(callback=_duration, help="How long a minute of AWS takes here: 2s, 500ms, 1m.")
    ] = "2s",
    record: Annotated[
        Path | None, typer.Option(help="File to write down in what was asked of IAM, and by whom.")
    ] = None,
    rate: Annotated[float, typer.Option(help="Requests that visitors send each second.", min=1, max=1000)] = 100.0,
) -> None:
    """Play the whole story on this machine: apply, release, reject, plan, destroy. No AWS account is needed.

    Example: bluegreen rehearse --minute 2s
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    tell = Narrator()
    project = Path.cwd()
    if not (project / "main.py").is_file():
        _fail(f"{project} has no main.py: run it in the project's folder")
    try:
        with Stage(settings.load(ENVIRONMENT), minute=minute, project=project, record=record) as stage:
            tell.say(f"the loopback answers for AWS at {stage.endpoint}; a minute takes {minute}")
            ending = Story(stage, tell, rate).play()
    except (StageError, settings.SettingsError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        tell.say("interrupted: every process has ended and nothing was left behind")
        raise SystemExit(INTERRUPTED) from None
    _conclude(tell, ending)


def _conclude(tell: Narrator, ending: Ending) -> None:
    figures = ending.figures
    tell.act("Figures")
    visits = f"{figures.visits} requests, {figures.dropped} dropped, {figures.wrong} wrong"
    tell.say(f"visitors   {visits}; longest gap {figures.longest_gap * 1000:.0f} ms")
    latency = f"{figures.median:.1f} / {figures.ninety_ninth:.1f} / {figures.slowest:.1f} ms"
    tell.say(f"latency    {latency} (median / 99th percentile / slowest)")
    for version, release in ending.releases:
        tell.say(f"{version.color:<10} {release.task_definition} {release.status.lower()}: {_times(release)}")
    kept = len(tell.promises) - len(tell.broken)
    tell.act(f"{kept} of {len(tell.promises)} promises kept in {tell.elapsed:.0f} s")
    for promise in tell.broken:
        tell.say(f"broken: {promise.text}: {promise.seen}")
    if tell.broken:
        raise SystemExit(1)


def _times(release: Release) -> str:
    moments = {"verified": release.verified, "rejected": release.rejected, "shifted": release.shifted}
    return ", ".join(f"{name} after {at - release.created:.1f} s" for name, at in moments.items() if at is not None)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _fail(reason: str) -> NoReturn:
    print(f"bluegreen rehearse: {reason}", file=sys.stderr)
    raise SystemExit(1)
