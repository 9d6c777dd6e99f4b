"""The template of a release, and whether it is newer than what runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bluegreen.release_target import LATEST, LIVE

from . import configuration, revision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .configuration import Change


@dataclass(frozen=True)
class Newer:
    """What the template has and the live revision lacks; `name` is the template's `family:revision`."""

    name: str
    changes: tuple[Change, ...]

    def words(self, options: str) -> str:
        """Say it in one line, with the command that releases it."""
        listed = ", ".join(str(one) for one in self.changes)
        return f"{self.name} differs from what runs: {listed}; `bluegreen deploy {options}` releases it"


def describe(clients: Clients, target: ReleaseTarget, live: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the revision that a release is made from; `live` is the one that runs.

    Raises:
        ReleaseError: it is not there any more.
    """
    if target.template == LIVE:
        return live
    return revision.describe(clients, target.family if target.template == LATEST else target.task_definition)


def newer(clients: Clients, target: ReleaseTarget, live: Mapping[str, Any]) -> Newer | None:
    """Compare the template with what runs, the image apart; None where nothing differs.

    Raises:
        ReleaseError: there is no template, or it lacks the container.
    """
    found = describe(clients, target, live)
    image = revision.image_of(live, target.container_name)
    kept, wanted = (
        revision.candidate(one, registerable=clients.registerable, container=target.container_name, image=image)
        for one in (live, found)
    )
    changes = configuration.changes(kept, wanted)
    return Newer(revision.short_name(found["taskDefinitionArn"]), changes) if changes else None
