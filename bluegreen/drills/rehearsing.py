"""Plays the whole story, or drills, and tells what came of it."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

from bluegreen import settings
from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import Stage, StageError
from bluegreen.rehearsal.story import Story
from bluegreen.rehearsal.telling import conclude
from bluegreen.report import words
from bluegreen.report.evidence import Evidence
from bluegreen.report.writing import write

from . import broken_off, catalog, running, story_evidence
from .variants import chosen
from .wish import DRILL_RATE, DRILLS_FOLDER, STORY_FOLDER, STORY_RATE, Choice, Wish

ENVIRONMENT = "rehearsal"
REFUSED, INTERRUPTED = 2, 130


def rehearse(wish: Wish) -> None:
    """Play what was asked for.

    Raises:
        SystemExit: it was refused, it was interrupted, or it did not go as promised.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    tell, project = Narrator(), Path.cwd()
    if not (project / "main.py").is_file():
        _fail(f"{project} has no main.py: run it in the project's folder", REFUSED)
    if wish.variant is not Choice.BLUEGREEN and not wish.drills:
        _fail(f"--variant {wish.variant} is for drills: name one with --drill, or all", REFUSED)
    try:
        kept = _play_drills(tell, _plan(tell, project, wish)) if wish.drills else _play_story(tell, project, wish)
    except (settings.SettingsError, catalog.UnknownDrillError) as error:
        _fail(str(error), REFUSED)
    except StageError as error:
        _fail(str(error), 1)
    except KeyboardInterrupt:
        tell.say("interrupted: every process has ended and nothing was left behind")
        raise SystemExit(INTERRUPTED) from None
    if not kept:
        raise SystemExit(1)


def _plan(tell: Narrator, project: Path, wish: Wish) -> running.Plan:
    return running.Plan(
        drills=chosen(wish.drills, wish.variant),
        minute=wish.minute,
        rate=wish.rate or DRILL_RATE,
        places=wish.places,
        root=project,
        folder=(wish.out or DRILLS_FOLDER).absolute(),
        say=tell.say,
    )


def _play_story(tell: Narrator, project: Path, wish: Wish) -> bool:
    started, rate = datetime.now(UTC), wish.rate or STORY_RATE
    with Stage(settings.load(ENVIRONMENT), minute=f"{wish.minute:g}s", project=project, record=wish.record) as stage:
        tell.say(f"the loopback answers for AWS at {stage.endpoint}; a minute takes {wish.minute:g}s")
        ending = Story(stage, tell, rate).play()
    conclude(tell, ending)
    shown = story_evidence.drill(ending, tell.promises)
    run = running.described(started, tell.elapsed, wish.minute, rate)
    tell.say(f"report: {write(Evidence(run, (shown,)), wish.out or STORY_FOLDER).html}")
    return not tell.broken


def _play_drills(tell: Narrator, plan: running.Plan) -> bool:
    """Play them and tell what came of it; return whether the run is a good one."""
    drills, at_once = sum(map(len, plan.drills.values())), max(map(len, plan.drills.values()))
    places = words.plural(min(plan.places, at_once), "loopback")
    tell.say(f"{words.plural(drills, 'drill')} on {places}; to apply takes a minute and a half")
    evidence = running.run(plan)
    paths = write(evidence, plan.folder)
    for totals in evidence.totals:
        whose = "" if totals.variant == "bluegreen" else ", in the article's own set-up"
        tell.act(f"{totals.kept} of {totals.drills} drills kept every promise{whose}")
        dropped = words.dropped(totals.dropped, totals.risked)
        tell.say(f"{totals.requests:,} requests: {dropped}, {totals.unverified} unverified")
    tell.say(f"report: {os.path.relpath(paths.html)}")
    return not any(broken_off.is_failure(one) for one in evidence.drills)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _fail(reason: str, code: int) -> NoReturn:
    print(f"bluegreen rehearse: {reason}", file=sys.stderr)
    raise SystemExit(code)
