"""What a release would do, decided before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import image, revision, service
from .image import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients


@dataclass(frozen=True, kw_only=True)
class Plan:
    """From the live revision to one that is still to be registered; `differences` names the fields that change."""

    live: str
    """`family:revision` that production traffic reaches now."""
    image: str
    """URI with digest."""
    fields: Mapping[str, Any]
    """What will be registered."""
    differences: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the live revision is this one already."""
        return not self.differences


def make(clients: Clients, target: ReleaseTarget, *, tag: str | None, uri: str | None) -> Plan:
    """Compare what runs with the template carrying the wanted image, given as a tag or as a whole URI.

    Raises:
        ReleaseError: no such tag, template, container or service.
    """
    repository = Repository(target.repository)
    wanted = uri or image.pin(clients.ecr, repository, tag or "")
    template = revision.describe(clients, target.task_definition)
    live = revision.describe(clients, service.live_revision(service.describe(clients, target)))
    running = revision.image_of(live, target.container_name)
    running = image.resolve_own(clients.ecr, repository, running)

    def with_image(of: Mapping[str, Any], one: str) -> dict[str, Any]:
        return revision.candidate(of, registerable=clients.registerable, container=target.container_name, image=one)

    planned = with_image(template, wanted)
    return Plan(
        live=revision.short_name(live["taskDefinitionArn"]),
        image=wanted,
        fields=planned,
        differences=revision.differences(with_image(live, running), planned),
    )
