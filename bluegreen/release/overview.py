"""A service at one moment: what is live, where traffic goes, and its deployment that runs or ran last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import configuration, deployments, image, progress, revision, service, template, traffic
from .event import Event
from .evidence import Evidence
from .image import Repository
from .watched import sides_of

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .changes import Sides
    from .clients import Clients
    from .progress import Progress
    from .snapshot import Snapshot
    from .template import Newer
    from .traffic import Share


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What one look found; `progress` is None when the deployment is over, `deployment` when there was never one."""

    service: str
    cluster: str
    live: str
    image: str
    tag: str
    desired: int
    running: int
    production: tuple[Share, ...]
    test: tuple[Share, ...] | None
    """None where there is no test listener."""
    newer: Newer | None
    """What the template has and the live revision lacks."""
    deploy_options: str
    deployment: Snapshot | None
    sides: Sides | None
    progress: Progress | None
    notes: tuple[str, ...]
    """What could not be read."""


def look(clients: Clients, target: ReleaseTarget) -> Overview:
    """Read all of it; only the service itself has to be readable.

    Raises:
        ReleaseError: there is no such service.
    """
    evidence, now = Evidence(), service.describe(clients, target)
    live = service.live_revision(now)
    running = evidence.read(lambda: revision.describe(clients, live), None)
    uri = revision.image_of(running or {}, target.container_name)
    deployment = evidence.read(lambda: _deployment(clients, target), None)
    return Overview(
        service=target.service,
        cluster=target.cluster,
        live=revision.short_name(live),
        image=uri,
        tag=image.tag_of(clients.ecr, Repository(target.repository), uri, evidence),
        desired=now.get("desiredCount", 0),
        running=now.get("runningCount", 0),
        production=evidence.read(lambda: traffic.of_listener(clients, target.production_listener, now), ()),
        test=evidence.read(lambda: traffic.of_listener(clients, target.test_listener, now), ())
        if target.test_listener
        else None,
        newer=evidence.read(lambda: template.newer(clients, target, running), None) if running else None,
        deploy_options=target.options,
        deployment=deployment,
        sides=evidence.read(lambda: sides_of(clients, target, deployment), None) if deployment else None,
        progress=progress.of(deployment, target.options) if deployment and not deployment.over else None,
        notes=tuple(evidence.notes),
    )


def as_event(overview: Overview) -> Event:
    """Tell an overview."""
    fields = {
        "service": overview.service,
        "cluster": overview.cluster,
        "live": overview.live,
        "image": overview.image,
        "tag": overview.tag,
        "desired": overview.desired,
        "running": overview.running,
        "production": [vars(share) for share in overview.production],
        "test": [vars(share) for share in overview.test or ()],
        "template": overview.newer.name if overview.newer else None,
        "changes": configuration.as_fields(overview.newer.changes) if overview.newer else [],
        "deployment": _deployment_fields(overview),
        "notes": list(overview.notes),
    }
    return Event(kind="overview", text="\n".join(lines(overview)), fields=fields)


def lines(overview: Overview) -> list[str]:
    """Put an overview into lines."""
    counts = f"{overview.running} of {overview.desired} tasks running"
    tag = f" ({overview.tag})" if overview.tag else ""
    found = [
        f"{overview.service} in {overview.cluster}: {overview.live} is live, {counts}",
        f"image       {overview.image or 'not known'}{tag}",
        f"production  {_words(overview.production)}",
        f"test        {'no test listener' if overview.test is None else _words(overview.test)}",
        *_template_lines(overview),
        *_deployment_lines(overview),
    ]
    return [*found, *(f"not known: {note}" for note in overview.notes)]


def _deployment(clients: Clients, target: ReleaseTarget) -> Snapshot | None:
    codedeploy = clients.codedeploy
    found = deployments.active(codedeploy, target) or deployments.newest(codedeploy, target)
    return deployments.read(codedeploy, found) if found else None


def _template_lines(overview: Overview) -> list[str]:
    return [f"template    {overview.newer.words(overview.deploy_options)}"] if overview.newer else []


def _words(shares: tuple[Share, ...]) -> str:
    return ", ".join(str(share) for share in shares) or "not known"


def _deployment_lines(overview: Overview) -> list[str]:
    deployment, now = overview.deployment, overview.progress
    if deployment is None:
        return ["deployment  there was never one"]
    steps = (
        f"{overview.sides.called('Blue')} -> {overview.sides.called('Green')}"
        if overview.sides
        else "of unknown revisions"
    )
    what = f"rollback of {deployment.rolls_back}" if deployment.rolls_back else steps
    first = f"deployment  {deployment.deployment_id} {deployment.status}: {what}"
    if now is None:
        ended = f"{deployment.completed:%Y-%m-%d %H:%M:%S %Z}" if deployment.completed else "at an unknown time"
        why = [f"            {deployment.error_message}"] if deployment.error_message else []
        return [f"{first}, ended {ended}", *why]
    since = f" since {now.since.astimezone():%H:%M:%S}" if now.since else ""
    return [f"{first}", f"            {now.at}{since}: waits for {now.waits_for}", f"            {now.next_step}"]


def _deployment_fields(overview: Overview) -> dict[str, Any] | None:
    deployment, now = overview.deployment, overview.progress
    if deployment is None:
        return None
    return {
        "deployment_id": deployment.deployment_id,
        "status": deployment.status,
        "from": overview.sides.original if overview.sides else "",
        "to": overview.sides.replacement if overview.sides else "",
        "description": deployment.description,
        "created": deployment.created,
        "completed": deployment.completed,
        "error_message": deployment.error_message,
        "rolls_back": deployment.rolls_back,
        "rollback_deployment_id": deployment.rollback_deployment,
        "at": now.at if now else None,
        "since": now.since if now else None,
        "waits_for": now.waits_for if now else None,
        "next_step": now.next_step if now else None,
    }
