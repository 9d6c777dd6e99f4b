"""The foundation: what has to be there before a service, and outlives it."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from bluegreen.settings import Settings, SettingsError

from . import aws_provider
from .repository import Repository

STACK = "foundation"
REHEARSAL = "rehearsal-foundation"
"""A rehearsal's account is another one, so its state must never meet the real foundation's."""


class Foundation(TerraformStack):
    """One stack for all environments of the account: the repositories that they take images from."""

    def __init__(self, scope: Construct, *, environments: Sequence[Settings]) -> None:
        name = REHEARSAL if all(e.rehearsal for e in environments) else STACK
        super().__init__(scope, name)
        tags = aws_provider.tags(project=environments[0].project, environment=name)
        aws_provider.configure(self, name=name, region=_region(environments), tags=tags)
        made = {name: self._repository(name, environments) for name in _repositories(environments)}
        TerraformOutput(self, "repository_urls", value={n: r.repository.repository_url for n, r in made.items()})

    def _repository(self, name: str, environments: Sequence[Settings]) -> Repository:
        # Images that one environment wants kept are kept.
        force_delete = all(e.repository_force_delete for e in environments if e.repository == name)
        return Repository(self, name.replace("/", "-"), name=name, force_delete=force_delete)


def _repositories(environments: Sequence[Settings]) -> list[str]:
    return sorted({e.repository for e in environments})


def _region(environments: Sequence[Settings]) -> str:
    first = environments[0]
    for other in environments[1:]:
        if other.region != first.region:
            allowed = f"{first.region}, as in {first.name}: the foundation's repositories are in one region"
            raise SettingsError(f"{other.name}: region: found {other.region!r}, allowed: {allowed}")
    return first.region
