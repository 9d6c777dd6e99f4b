"""What a person is told while another deployment keeps the group busy: whose it is, since when, and the ways on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from . import deployments, description, progress
from .duration import words
from .errors import ReleaseError
from .evidence import Evidence

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .snapshot import Snapshot

CREATORS = {
    "codeDeployRollback": "CodeDeploy, as a rollback",
    "codeDeploy": "CodeDeploy",
    "autoscaling": "auto scaling",
}
"""Who creates deployments besides people, in the API's word and in ours."""


def error(clients: Clients, target: ReleaseTarget, deployment_id: str) -> ReleaseError:
    """Say that a deployment of the group is not over; `deployment_id` may be empty where nobody names it."""
    group, evidence = target.deployment_group, Evidence()
    if not deployment_id:
        deployment_id = evidence.read(lambda: deployments.active(clients.codedeploy, target), None) or ""
    found = evidence.read(lambda: deployments.read(clients.codedeploy, deployment_id), None) if deployment_id else None
    if found is None or found.over:
        return ReleaseError(
            f"{group} had another active deployment{f' {deployment_id}' if deployment_id else ''} just now: "
            f"`bluegreen status {target.options}` shows it; run this again when it is over"
        )
    return ReleaseError(
        f"{group} already has an active deployment {describe(found, target.options, datetime.now(UTC))}"
    )


def describe(deployment: Snapshot, options: str, now: datetime) -> str:
    """Tell whose a deployment is, since when it runs, where it stands, and how to watch, continue or stop it."""
    return f"{facts(deployment, options, now)}: {ways_on(deployment, options)}"


def facts(deployment: Snapshot, options: str, now: datetime) -> str:
    """Tell whose a deployment is, since when it runs, and where it stands."""
    said, at = description.parse(deployment.description), progress.of(deployment, options)
    what = f" of {said.before} -> {said.after}" if said.before else ""
    who = said.who or CREATORS.get(deployment.creator, "") or "somebody whom its description does not name"
    parts = [f"started by {who}{_since(deployment.created, now)}"]
    parts += [f'"{said.note}"'] if said.note else []
    parts.append(f"now at {at.at}, which waits for {at.waits_for}")
    return f"{deployment.deployment_id}{what}, {', '.join(parts)}"


def ways_on(deployment: Snapshot, options: str) -> str:
    """Name the commands that watch, continue or stop a deployment."""
    name = deployment.deployment_id
    ways = [f"`bluegreen watch {name} {options}` follows it"]
    if deployment.status == "Ready" or deployment.termination_wait_started:
        ways.append(f"`bluegreen continue {name} {options}` ends its wait")
    if not deployment.rolls_back:
        ways.append(f"`bluegreen stop {name} {options}` takes it back")
    return ", ".join(ways)


def _since(created: datetime | None, now: datetime) -> str:
    if created is None:
        return ""
    ago = max((now - created).total_seconds(), 0.0)
    return f" {words(ago)} ago ({created.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC)"
