"""An application: the groups and revisions under one name."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from .group import Group
from .revision import RegisteredRevision, Revision


@dataclass(kw_only=True)
class Application:
    """`platform` is the compute platform; `created` is in epoch seconds."""

    name: str
    platform: str
    created: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    groups: dict[str, Group] = field(default_factory=dict)
    revisions: dict[tuple[object, ...], RegisteredRevision] = field(default_factory=dict)

    def register(self, revision: Revision, now: float, description: str | None = None) -> RegisteredRevision:
        """Return the revision as registered; the same one is registered once."""
        known = self.revisions.setdefault(revision.key, RegisteredRevision(revision=revision, registered=now))
        known.description = description or known.description
        return known

    def describe(self) -> dict[str, Any]:
        """Return the ApplicationInfo of the API."""
        return {
            "applicationId": self.id,
            "applicationName": self.name,
            "createTime": self.created,
            "linkedToGitHub": False,
            "computePlatform": self.platform,
        }
