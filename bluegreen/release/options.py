"""The options that several verbs share. It imports next to nothing: `--help` needs words, not what a verb does."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from . import completion
from .duration import seconds

ONE_HOUR = "1h"
ALL_AT_ONCE = "CodeDeployDefault.ECSAllAtOnce"
"""How a rollback moves traffic unless it is told otherwise."""


class Until(StrEnum):
    """What a verb that watches waits for."""

    SHIFTED = "shifted"
    FINISHED = "finished"


ServiceName = Annotated[
    str | None,
    typer.Option(
        "--service",
        "-s",
        envvar="BLUEGREEN_SERVICE",
        help="The service, where the environment has several.",
        autocompletion=completion.services,
    ),
]
EnvironmentName = Annotated[
    str | None,
    typer.Option(
        "--environment",
        "-e",
        envvar=completion.ENVIRONMENT,
        help="The environment: environments/NAME.toml or imported.",
        autocompletion=completion.environments,
    ),
]
RegionName = Annotated[
    str | None,
    typer.Option("--region", metavar="REGION", help="The region of an imported environment; default: AWS_REGION."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of words.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking, as CI has to.")]
DeploymentId = Annotated[str | None, typer.Argument(help="The deployment's id; the group's newest when left out.")]
TimeLimit = Annotated[
    float,
    typer.Option(parser=seconds, metavar="DURATION", help="Stop watching after 90s, 30m, 2h: exit code 3."),
]
WaitUntil = Annotated[
    Until,
    typer.Option("--wait-until", help="Watch to the end, or only until all traffic has moved: exit code 0 then."),
]
Watchdog = Annotated[
    bool,
    typer.Option("--watchdog/--no-watchdog", help="Stop and roll back when the hook is silent past its own time."),
]
