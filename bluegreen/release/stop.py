"""`bluegreen stop`: end a deployment that runs, and say where that leaves traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import deployments, report, stop_effect, target
from .confirmation import Yes, confirm
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .errors import ReleaseError
from .event import Event
from .outcome import Stop
from .report import AsJson
from .watch import sides_of
from .watching import ONE_HOUR, TimeLimit, Watch

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .changes import Sides
    from .environment import Environment
    from .exit_codes import ExitCode
    from .snapshot import Snapshot

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
    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    chosen = running(opened, release_target, deployment_id)
    watch = Watch(
        environment=opened,
        target=release_target,
        report=report.choose(as_json=as_json),
        limit=time_limit,
        stop=Stop(rollback),
    )
    raise typer.Exit(carry_out(watch, chosen, yes=yes))


def running(environment: Environment, release_target: ReleaseTarget, named: str | None) -> str:
    """Return the id of the group's running deployment; a named one has to be it.

    Raises:
        ReleaseError: none runs, or another one than was named.
    """
    codedeploy = environment.clients.codedeploy
    found = deployments.active(codedeploy, release_target)
    if named and named != found:
        stop_effect.check(deployments.read(codedeploy, named), release_target.options, rollback=False)
        raise ReleaseError(f"{named} is no deployment of {release_target.deployment_group}: nothing was done")
    if not found:
        raise ReleaseError(
            f"no deployment of {release_target.deployment_group} runs: there is nothing to stop; "
            f"`bluegreen rollback {release_target.options}` takes back a release that is over"
        )
    return found


def carry_out(watch: Watch, deployment_id: str, *, yes: bool) -> ExitCode:
    """Say what stopping does, ask, stop, and watch until it is stopped and, where that is wanted, rolled back.

    Raises:
        ReleaseError: it cannot be stopped, or whoever was asked did not agree.
    """
    clients, rollback = watch.environment.clients, bool(watch.stop and watch.stop.rollback)
    deployment = deployments.read(clients.codedeploy, deployment_id)
    stop_effect.check(deployment, watch.target.options, rollback=rollback)
    sides = sides_of(clients, watch.target, deployment_id)
    _tell(watch, deployment, sides, rollback=rollback)
    confirm("Stop it?", yes=yes)
    deployments.stop(clients.codedeploy, deployment_id, rollback=rollback)
    return watch.run(deployment_id, sides)


def _tell(watch: Watch, deployment: Snapshot, sides: Sides, *, rollback: bool) -> None:
    effect = stop_effect.words(deployment, sides, watch.target.options, rollback=rollback)
    how = "will be stopped and rolled back" if rollback else "will be stopped without a rollback"
    fields = {
        "deployment_id": deployment.deployment_id,
        "status": deployment.status,
        "from": sides.replacement,
        "to": sides.original if rollback else None,
        "rollback": rollback,
        "effect": effect,
    }
    first = f"{deployment.deployment_id}: {sides.called('Blue')} -> {sides.called('Green')} is {deployment.status}"
    watch.report.tell(Event(kind="stop", text=f"{first} and {how}\n{effect}", fields=fields))
