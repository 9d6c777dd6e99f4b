"""The foundation: what has to be there before a service, and outlives it."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from bluegreen.settings import FoundationSettings, Settings

from . import aws_provider
from .github_roles import GithubRoles
from .repository import Repository
from .state_backend import state_backend
from .state_bucket import StateBucket

STACK = "foundation"
REHEARSAL = "rehearsal-foundation"
"""A rehearsal's account is another one, so its state must never meet the real foundation's."""


class Foundation(TerraformStack):
    """One stack for all environments of the account: image repositories, the state's bucket, GitHub's way in."""

    def __init__(self, scope: Construct, *, environments: Sequence[Settings], settings: FoundationSettings) -> None:
        name = REHEARSAL if all(e.rehearsal for e in environments) else STACK
        super().__init__(scope, name)
        tags = aws_provider.tags(project=settings.project, environment=name)
        aws_provider.configure(self, region=settings.region, tags=tags, rehearsal=name == REHEARSAL)
        state_backend(self, name=name, foundation=settings)
        self._repositories([service for e in environments for service in e.of_services()])
        if settings.shares_state:
            bucket = StateBucket(self, "state", settings=settings)
            TerraformOutput(self, "state_bucket", value=bucket.name)
        if settings.github_repository:
            roles = GithubRoles(self, "github", environments=environments, settings=settings)
            TerraformOutput(self, "github_roles", value=roles.arns)

    def _repositories(self, services: Sequence[Settings]) -> None:
        names = sorted({service.repository for service in services})
        made = {name: self._repository(name, services) for name in names}
        TerraformOutput(self, "repository_urls", value={n: r.repository.repository_url for n, r in made.items()})

    def _repository(self, name: str, services: Sequence[Settings]) -> Repository:
        # Images that one service wants kept are kept.
        force_delete = all(s.repository_force_delete for s in services if s.repository == name)
        return Repository(self, name.replace("/", "-"), name=name, force_delete=force_delete)
