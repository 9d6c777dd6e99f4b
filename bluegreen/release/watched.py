"""Which deployment is watched, and which revisions it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import deployments, service
from .changes import Sides
from .errors import ReleaseError

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .snapshot import Snapshot


def read(clients: Clients, release_target: ReleaseTarget, named: str | None) -> Snapshot:
    """Take a snapshot of the deployment that was named, else of the group's newest.

    Raises:
        ReleaseError: there is none, or it is another group's: it would be taken for a release of this environment.
    """
    deployment = deployments.read(clients.codedeploy, named or newest(clients, release_target))
    found = f"{deployment.application}/{deployment.group}"
    wanted = f"{release_target.application}/{release_target.deployment_group}"
    if found != wanted:
        raise ReleaseError(
            f"{deployment.deployment_id} is a deployment of {found}, and {release_target.options} releases {wanted}: "
            f"name its own environment, or a deployment that `bluegreen history {release_target.options}` lists"
        )
    return deployment


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


def sides_of(clients: Clients, release_target: ReleaseTarget, deployment: Snapshot) -> Sides:
    """Find out which revisions a deployment is about; a side whose task set is gone stays without a name."""
    by_task_set = service.revisions_by_task_set(service.describe(clients, release_target))
    named = {one.label: by_task_set.get(one.identifier, "") for one in deployment.task_sets}
    released = deployments.revision_of(clients.codedeploy, release_target, deployment) or ""
    if deployment.rolls_back:  # it goes back to the original, whose revision its AppSpec names
        return Sides(named.get("Blue") or released, named.get("Green", ""))
    return Sides(named.get("Blue", ""), released or named.get("Green", ""))
