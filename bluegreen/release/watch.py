"""`bluegreen watch`: follow a deployment, or read how one went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import deployments, report, service, target
from .changes import Sides
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .errors import ReleaseError
from .report import AsJson
from .until import Until, WaitUntil
from .watching import ONE_HOUR, TimeLimit, Watch, Watchdog

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients

app = typer.Typer(add_completion=False)

DeploymentId = Annotated[str | None, typer.Argument(help="The deployment's id; the group's newest when left out.")]


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
    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    chosen = deployment_id or newest(opened.clients, release_target)
    watching = Watch(
        environment=opened,
        target=release_target,
        report=report.choose(as_json=as_json),
        limit=time_limit,
        watchdog=watchdog,
        until=wait_until,
    )
    raise typer.Exit(watching.run(chosen, sides_of(opened.clients, release_target, chosen)))


def newest(clients: Clients, release_target: ReleaseTarget) -> str:
    """Return the id of the group's newest deployment.

    Raises:
        ReleaseError: there was never one.
    """
    found = deployments.newest(clients.codedeploy, release_target)
    if found is None:
        raise ReleaseError(
            f"{release_target.deployment_group} has had no deployment yet: `bluegreen deploy` starts one"
        )
    return found


def sides_of(clients: Clients, release_target: ReleaseTarget, deployment_id: str) -> Sides:
    """Find out which revisions a deployment is about; a side whose task set is gone stays without a name."""
    deployment = deployments.read(clients.codedeploy, deployment_id)
    by_task_set = service.revisions_by_task_set(service.describe(clients, release_target))
    named = {one.label: by_task_set.get(one.identifier, "") for one in deployment.task_sets}
    released = deployments.revision_of(clients.codedeploy, release_target, deployment) or ""
    if deployment.rolls_back:  # it goes back to the original, whose revision its AppSpec names
        return Sides(named.get("Blue") or released, named.get("Green", ""))
    return Sides(named.get("Blue", ""), released or named.get("Green", ""))
