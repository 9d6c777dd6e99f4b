"""From the live revision back to which one, found out before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import image, past, previous_good, revision, service
from .errors import ReleaseError
from .evidence import Evidence
from .image import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
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


def make(clients: Clients, target: ReleaseTarget, to: str | None) -> RollbackPlan:
    """Find the revision to go back to, by default the last good one.

    Raises:
        ReleaseError: there is none, it is live already, or it was deregistered.
    """
    now = service.describe(clients, target)
    live = revision.describe(clients, service.live_revision(now))
    name = revision.short_name(live["taskDefinitionArn"])
    family = name.rpartition(":")[0]
    goal = (f"{family}:{to}" if to.isdigit() else to) if to else _last_good(clients, target, name)
    found = revision.describe(clients, goal)
    goal = revision.short_name(found["taskDefinitionArn"])
    check(found, goal=goal, live=name, options=target.options)
    uri = revision.image_of(found, target.container_name)
    return RollbackPlan(
        live=name,
        goal=goal,
        task_definition=found["taskDefinitionArn"],
        image=uri,
        tag=image.tag_of(clients.ecr, Repository(target.repository), uri, Evidence()),
        undoes=service.live_deployment(now) or name,
        differences=revision.differences(_registerable(clients, live), _registerable(clients, found)),
    )


def check(found: Mapping[str, Any], *, goal: str, live: str, options: str) -> None:
    """Make sure that a revision can be gone back to.

    Raises:
        ReleaseError: it is live already, it was deregistered, or it is of another family.
    """
    if goal == live:
        raise ReleaseError(f"{goal} is live already: there is nothing to do")
    if goal.rpartition(":")[0] != live.rpartition(":")[0]:
        raise ReleaseError(f"{goal} is of another family than {live}, which is live: it is no version of this service")
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
