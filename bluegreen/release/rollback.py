"""`bluegreen rollback`: take the last release back, whether it still runs or is over."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import (
    ALL_AT_ONCE,
    ONE_HOUR,
    AsJson,
    EnvironmentName,
    RegionName,
    ServiceName,
    TimeLimit,
    Until,
    WaitUntil,
    Watchdog,
    Yes,
)

Revision = Annotated[
    str | None, typer.Option(metavar="REVISION", help="A number or family:revision; default: the last good one.")
]
Configuration = Annotated[
    str | None, typer.Option(metavar="NAME", help=f"A deployment configuration; default: {ALL_AT_ONCE}.")
]
WithoutHook = Annotated[
    bool, typer.Option("--without-hook", help="Do not ask the hook: for when its checks do not fit the old version.")
]

app = typer.Typer(add_completion=False)


@app.command()
def rollback(  # noqa: PLR0913 - one parameter an option
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    to: Revision = None,
    config: Configuration = None,
    without_hook: WithoutHook = False,
    yes: Yes = False,
    wait_until: WaitUntil = Until.FINISHED,
    time_limit: TimeLimit = ONE_HOUR,  # type: ignore[assignment]  # the parser takes the text
    watchdog: Watchdog = True,
    as_json: AsJson = False,
) -> None:
    """Go back: stop a release that runs, or release the last good revision again; says so and asks first.

    Example: bluegreen rollback --environment sample
    """
    from . import deployments, release_again, report, stopping, target, until  # noqa: PLC0415 - `--help` need not pay
    from .environment import open_environment  # noqa: PLC0415
    from .errors import ReleaseError  # noqa: PLC0415
    from .gate import ThroughTheGate  # noqa: PLC0415
    from .outcome import Stop  # noqa: PLC0415
    from .watching import Watch  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    told = report.choose(as_json=as_json)
    if running := deployments.active(opened.clients.codedeploy, release_target):
        if to or config or without_hook:
            raise ReleaseError(
                f"{running} is not over: a rollback stops it and goes back to where it began; "
                "--to, --config and --without-hook are for a release that is over"
            )
        if wait_until is Until.SHIFTED:
            told.tell(until.of_a_stop(running))
        watch = Watch(
            environment=opened, target=release_target, report=told, limit=time_limit, stop=Stop(rollback=True)
        )
        raise typer.Exit(stopping.carry_out(watch, running, yes=yes))
    watch = Watch(
        environment=opened,
        target=release_target,
        report=ThroughTheGate(told, opened.clients),
        limit=time_limit,
        watchdog=watchdog,
        until=wait_until,
    )
    raise typer.Exit(release_again.carry_out(watch, to, config, hooked=not without_hook, yes=yes))
