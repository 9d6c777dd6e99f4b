"""From the live revision back to which one, found out before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import divided, image, past, previous_good, revision, service, traffic
from .errors import ReleaseError
from .evidence import Evidence
from .image import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .divided import Divided
    from .record import Record


@dataclass(frozen=True, kw_only=True)
class RollbackPlan:
    """`live` and `goal` are `family:revision`."""

    live: str
    goal: str
    task_definition: str
    """ARN of the goal."""
    image: str
    tag: str
    """A tag of the image; empty where none is known."""
    undoes: str
    """Id of the deployment that made the live revision live; without one, the live revision."""
    differences: tuple[str, ...]
    """Fields in which the two revisions differ."""
    divided: Divided | None = None
    """Where traffic is divided: the goal is the live revision then, released anew, so that it gets all traffic."""


def make(clients: Clients, target: ReleaseTarget, to: str | None) -> RollbackPlan:
    """Find the revision to go back to, by default the last good one.

    Where a release was stopped halfway and left traffic divided, that is the one that was live before it and still is
    primary: a deployment of it takes all traffic back and ends the tasks that were left.

    Raises:
        ReleaseError: there is none, it is live already, or it was deregistered.
    """
    now = service.describe(clients, target)
    live = revision.describe(clients, service.live_revision(now))
    name = revision.short_name(live["taskDefinitionArn"])
    family = name.rpartition(":")[0]
    halfway = Evidence().read(lambda: divided.find(now, traffic.actions_of(clients, target.production_listener)), None)
    default = name if halfway else ""
    goal = (f"{family}:{to}" if to.isdigit() else to) if to else default or _last_good(clients, target, name)
    found = revision.describe(clients, goal)
    goal = revision.short_name(found["taskDefinitionArn"])
    check(found, goal=goal, live="" if halfway else name, family=family, options=target.options)
    uri = revision.image_of(found, target.container_name)
    return RollbackPlan(
        live=name,
        goal=goal,
        task_definition=found["taskDefinitionArn"],
        image=uri,
        tag=image.tag_of(clients.ecr, Repository(target.repository), uri, Evidence()),
        undoes=(halfway.deployment_id or halfway.leftover) if halfway else service.live_deployment(now) or name,
        differences=revision.differences(_registerable(clients, live), _registerable(clients, found)),
        divided=halfway,
    )


def check(found: Mapping[str, Any], *, goal: str, live: str, family: str, options: str) -> None:
    """Make sure that a revision can be gone back to; `live` is empty where the live one may be released anew.

    Raises:
        ReleaseError: it is live already, it was deregistered, or it is of another family.
    """
    if goal == live:
        raise ReleaseError(f"{goal} is live already: there is nothing to do")
    if goal.rpartition(":")[0] != family:
        raise ReleaseError(
            f"{goal} is of another family than {family}, which is live: it is no version of this service"
        )
    if found.get("status") == "INACTIVE":
        raise ReleaseError(
            f"{goal} was deregistered (INACTIVE), ECS starts no more tasks of it; {previous_good.further(options)}"
        )


def check_still_live(clients: Clients, target: ReleaseTarget, plan: RollbackPlan) -> None:
    """Look again after somebody was asked, which may have taken long.

    Raises:
        ReleaseError: another revision is live by now.
    """
    live = revision.short_name(service.live_revision(service.describe(clients, target)))
    if live != plan.live:
        raise ReleaseError(f"{live} is live by now, no longer {plan.live}: nothing was done")


def _last_good(clients: Clients, target: ReleaseTarget, live: str) -> str:
    return previous_good.find(_releases(clients, target), live, target.options)


def _releases(clients: Clients, target: ReleaseTarget) -> Iterator[Record]:
    for one in past.newest_first(clients.codedeploy, target):
        if not one.rolls_back:
            yield past.record_of(clients.codedeploy, target, one)


def _registerable(clients: Clients, task_definition: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in task_definition.items() if name in clients.registerable}
