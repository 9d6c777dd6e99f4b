"""Ends a deployment that runs, after saying where that leaves traffic."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from . import deployments, origin, record_store, stop_effect, watched
from .confirmation import confirm
from .errors import ReleaseError
from .event import Event

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .changes import Sides
    from .environment import Environment
    from .exit_codes import ExitCode
    from .snapshot import Snapshot
    from .watching import Watch


def running(environment: Environment, release_target: ReleaseTarget, named: str | None) -> str:
    """Return the id of the group's running deployment; a named one has to be it.

    Raises:
        ReleaseError: none runs, or the one that was named is over, a rollback, or another group's.
    """
    if named:  # a group has one deployment at a time that is not over
        deployment = watched.read(environment.clients, release_target, named)
        stop_effect.check(deployment, release_target.options, rollback=False)
        return named
    found = deployments.active(environment.clients.codedeploy, release_target)
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
    sides = watched.sides_of(clients, watch.target, deployment)
    _tell(watch, deployment, sides, rollback=rollback)
    confirm("Stop it?", yes=yes)
    deployments.stop(clients.codedeploy, deployment_id, rollback=rollback)
    _keep_who(watch, deployment, sides)
    return watch.run(deployment_id, sides)


def _keep_who(watch: Watch, deployment: Snapshot, sides: Sides) -> None:
    """Write down who stopped it, now that it is; Ctrl-C ends this, and the stop is watched."""
    clients = watch.environment.clients
    with suppress(KeyboardInterrupt):
        by = origin.who(clients.sts, os.environ)
        record_store.keep_stop(clients, watch.target, deployment, sides.replacement, by)


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
