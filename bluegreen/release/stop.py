"""`bluegreen stop`: end a deployment that runs, and say where that leaves traffic."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import ONE_HOUR, AsJson, EnvironmentName, RegionName, ServiceName, TimeLimit, Yes

app = typer.Typer(add_completion=False)


@app.command()
def stop(
    deployment_id: Annotated[
        str | None, typer.Argument(help="The deployment's id; the one that runs by itself.")
    ] = None,
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    rollback: Annotated[
        bool, typer.Option("--rollback/--no-rollback", help="Go back to the old revision, or leave traffic as it is.")
    ] = True,
    yes: Yes = False,
    time_limit: TimeLimit = ONE_HOUR,  # type: ignore[assignment]  # the parser takes the text
    as_json: AsJson = False,
) -> None:
    """Stop a deployment that runs and go back to the old revision; says what will happen and asks first.

    Example: bluegreen stop --environment sample
    """
    from . import report, stopping, target  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415
    from .outcome import Stop  # noqa: PLC0415
    from .watching import Watch  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    chosen = stopping.running(opened, release_target, deployment_id)
    watch = Watch(
        environment=opened,
        target=release_target,
        report=report.choose(as_json=as_json),
        limit=time_limit,
        stop=Stop(rollback),
    )
    raise typer.Exit(stopping.carry_out(watch, chosen, yes=yes))
