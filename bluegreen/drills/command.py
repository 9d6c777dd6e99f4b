"""`bluegreen rehearse`: the whole story, or drills."""

from __future__ import annotations

import os
import re
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from bluegreen import settings
from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import Stage, StageError
from bluegreen.rehearsal.story import Story
from bluegreen.rehearsal.telling import conclude
from bluegreen.report.evidence import Evidence
from bluegreen.report.writing import write

from . import broken_off, catalog, running, story_evidence
from .variants import Choice, NotInArticleError, chosen

ENVIRONMENT = "rehearsal"
REFUSED, INTERRUPTED = 2, 130
STORY_FOLDER, DRILLS_FOLDER = Path(".build/rehearsal"), Path(".build/drills")
STORY_RATE, DRILL_RATE = 100.0, 200.0

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
        Path | None, typer.Option(help="File to write down in what was asked of IAM, and by whom.", dir_okay=False)
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(
            help=f"Requests that visitors send each second; default {STORY_RATE:.0f}, {DRILL_RATE:.0f} in a drill.",
            min=1,
            max=1000,
        ),
    ] = None,
    drill: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A drill instead of the story, as often as you like; all: every one."),
    ] = None,
    variant: Annotated[
        Choice, typer.Option(help="Set-up that drills are played in: ours, the article's own, or one after the other.")
    ] = Choice.BLUEGREEN,
    places: Annotated[int, typer.Option(help="How many loopbacks drills are played on at once.", min=1, max=8)] = 2,
    out: Annotated[
        Path | None,
        typer.Option(
            help=f"Folder for report and logs; default {STORY_FOLDER}, {DRILLS_FOLDER} of drills.", file_okay=False
        ),
    ] = None,
) -> None:
    """Play the whole story on this machine: apply, release, reject, plan, destroy. No AWS account is needed.

    Or play drills: what goes wrong in one of them, visitors must not notice. A report is written either way.

    Example: bluegreen rehearse --drill answers-500 --drill canary
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    tell, project = Narrator(), Path.cwd()
    if not (project / "main.py").is_file():
        _fail(f"{project} has no main.py: run it in the project's folder", REFUSED)
    if variant is not Choice.BLUEGREEN and not drill:
        _fail(f"--variant {variant} is for drills: name one with --drill, or all", REFUSED)
    try:
        if drill:
            plan = running.Plan(
                drills=chosen(drill, variant),
                minute=_seconds(minute),
                rate=rate or DRILL_RATE,
                places=places,
                root=project,
                folder=(out or DRILLS_FOLDER).absolute(),
                say=tell.say,
            )
            kept = _play_drills(tell, plan)
        else:
            kept = _play_story(tell, project, minute, record, rate or STORY_RATE, out or STORY_FOLDER)
    except (settings.SettingsError, catalog.UnknownDrillError, NotInArticleError) as error:
        _fail(str(error), REFUSED)
    except StageError as error:
        _fail(str(error), 1)
    except KeyboardInterrupt:
        tell.say("interrupted: every process has ended and nothing was left behind")
        raise SystemExit(INTERRUPTED) from None
    if not kept:
        raise SystemExit(1)


def _play_story(tell: Narrator, project: Path, minute: str, record: Path | None, rate: float, out: Path) -> bool:
    started = datetime.now(UTC)
    with Stage(settings.load(ENVIRONMENT), minute=minute, project=project, record=record) as stage:
        tell.say(f"the loopback answers for AWS at {stage.endpoint}; a minute takes {minute}")
        ending = Story(stage, tell, rate).play()
    conclude(tell, ending)
    shown = story_evidence.drill(ending, tell.promises)
    run = running.described(started, tell.elapsed, _seconds(minute), rate)
    tell.say(f"report: {write(Evidence(run, (shown,)), out).html}")
    return not tell.broken


def _play_drills(tell: Narrator, plan: running.Plan) -> bool:
    """Play them and tell what came of it; return whether the run is a good one."""
    drills, at_once = sum(map(len, plan.drills.values())), max(map(len, plan.drills.values()))
    places = _number(min(plan.places, at_once), "loopback")
    tell.say(f"{_number(drills, 'drill')} on {places}; to apply takes a minute and a half")
    evidence = running.run(plan)
    paths = write(evidence, plan.folder)
    for totals in evidence.totals:
        whose = "" if totals.variant == "bluegreen" else ", in the article's own set-up"
        tell.act(f"{totals.kept} of {totals.drills} drills kept every promise{whose}")
        tell.say(f"{totals.requests:,} requests: {totals.dropped} dropped, {totals.unverified} unverified")
    tell.say(f"report: {os.path.relpath(paths.html)}")
    return not any(broken_off.is_failure(one) for one in evidence.drills)


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _seconds(duration: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(ms|s|m)", duration).groups()  # type: ignore[union-attr]  # was checked
    return float(number) * {"ms": 0.001, "s": 1.0, "m": 60.0}[unit]


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _fail(reason: str, code: int) -> NoReturn:
    print(f"bluegreen rehearse: {reason}", file=sys.stderr)
    raise SystemExit(code)
