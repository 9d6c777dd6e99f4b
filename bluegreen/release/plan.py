"""What a release would do, decided before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import configuration, image, revision, service, template
from .errors import ReleaseError
from .evidence import Evidence
from .image import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .configuration import Change


@dataclass(frozen=True, kw_only=True)
class Plan:
    """From the live revision to one that is still to be registered; `differences` names the fields that change."""

    live: str
    """`family:revision` that production traffic reaches now."""
    template: str
    """`family:revision` that the new one is a copy of."""
    image: str
    """URI with digest."""
    tag: str
    """The image's tag; empty where none is known."""
    fields: Mapping[str, Any]
    """What will be registered."""
    differences: tuple[str, ...]
    changes: tuple[Change, ...]
    """What differs besides the image."""

    @property
    def changes_nothing(self) -> bool:
        """Whether the live revision is this one already."""
        return not self.differences


def make(clients: Clients, target: ReleaseTarget, *, tag: str | None, uri: str | None) -> Plan:
    """Compare what runs with the template carrying an image: that of a tag, of a URI, else the one that runs.

    Raises:
        ReleaseError: no such tag, template, container or service.
    """
    repository = Repository(target.repository)
    pinned = _pinned(clients, target, tag) if tag else uri
    live = revision.describe(clients, service.live_revision(service.describe(clients, target)))
    source = template.describe(clients, target, live)
    running = image.resolve_own(clients.ecr, repository, revision.image_of(live, target.container_name))
    wanted = pinned or running
    if not wanted:
        raise ReleaseError(
            f"{revision.short_name(live['taskDefinitionArn'])}, which is live, has no {target.container_name}: "
            "name the image with --image-tag or --image"
        )

    def with_image(of: Mapping[str, Any], one: str) -> dict[str, Any]:
        return revision.candidate(of, registerable=clients.registerable, container=target.container_name, image=one)

    planned = with_image(source, wanted)
    return Plan(
        live=revision.short_name(live["taskDefinitionArn"]),
        template=revision.short_name(source["taskDefinitionArn"]),
        image=wanted,
        tag=tag or ("" if uri else image.tag_of(clients.ecr, repository, wanted, Evidence())),
        fields=planned,
        differences=revision.differences(with_image(live, running), planned),
        changes=configuration.changes(with_image(live, wanted), planned),
    )


def _pinned(clients: Clients, target: ReleaseTarget, tag: str) -> str:
    if not target.repository:
        raise ReleaseError(
            f"no image repository is known of {target.environment}: name the whole image with --image instead of a tag"
        )
    return image.pin(clients.ecr, Repository(target.repository), tag)
