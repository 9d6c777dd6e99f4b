"""`bluegreen watch`: follow a deployment, or read how one went."""

from __future__ import annotations

import typer

from .options import (
    ONE_HOUR,
    AsJson,
    DeploymentId,
    EnvironmentName,
    RegionName,
    ServiceName,
    TimeLimit,
    Until,
    WaitUntil,
    Watchdog,
)

app = typer.Typer(add_completion=False)


@app.command()
def watch(
    deployment_id: DeploymentId = None,
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    wait_until: WaitUntil = Until.FINISHED,
    time_limit: TimeLimit = ONE_HOUR,  # type: ignore[assignment]  # the parser takes the text
    watchdog: Watchdog = True,
    as_json: AsJson = False,
) -> None:
    """Watch a deployment to its end; Ctrl-C leaves it running.

    Example: bluegreen watch d-1NNWZG91L --environment sample
    """
    from . import report, target, watched  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415
    from .watching import Watch  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    chosen = watched.read(opened.clients, release_target, deployment_id)
    watching = Watch(
        environment=opened,
        target=release_target,
        report=report.choose(as_json=as_json),
        limit=time_limit,
        watchdog=watchdog,
        until=wait_until,
    )
    raise typer.Exit(watching.run(chosen.deployment_id, watched.sides_of(opened.clients, release_target, chosen)))
