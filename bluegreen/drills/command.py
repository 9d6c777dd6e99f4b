"""`bluegreen rehearse`: the whole story, or drills."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bluegreen.release.duration import seconds

from .wish import DRILL_RATE, DRILLS_FOLDER, STORY_FOLDER, STORY_RATE, Choice, Wish

app = typer.Typer(add_completion=False)


@app.command()
def rehearse(
    minute: Annotated[
        float,
        typer.Option(parser=seconds, metavar="DURATION", help="How long a minute of AWS takes here: 2s, 500ms, 1m."),
    ] = "2s",  # type: ignore[assignment]  # the parser takes the text
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
    from .rehearsing import rehearse as play  # noqa: PLC0415 - `--help` need not pay for it

    play(
        Wish(
            minute=minute,
            record=record,
            rate=rate,
            drills=tuple(drill or ()),
            variant=variant,
            places=places,
            out=out,
        )
    )
