"""Revisions: where an AppSpec is, and those that an application has seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Revision:
    """An AppSpec given inline (`text`, kept by its SHA-256), or an object in S3 (`location`)."""

    type: str
    text: str | None = None
    location: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two revisions the same one."""
        if self.text is not None:
            return self.type, sha256(self.text)
        return self.type, *(self.location.get(name) for name in ("bucket", "key", "bundleType", "version", "eTag"))

    def describe(self, *, content: bool) -> dict[str, Any]:
        """Return the RevisionLocation of the API; GetDeployment never has the content, GetApplicationRevision has."""
        if self.text is None:
            return {"revisionType": self.type, "s3Location": dict(self.location)}
        place = "appSpecContent" if self.type == "AppSpecContent" else "string"
        text = {"content": self.text} if content else {}
        return {"revisionType": self.type, place: {**text, "sha256": sha256(self.text)}}


@dataclass(kw_only=True)
class RegisteredRevision:
    """A revision that the application knows; times are epoch seconds."""

    revision: Revision
    registered: float
    description: str | None = None
    first_used: float | None = None
    last_used: float | None = None
    groups: list[str] = field(default_factory=list)

    def use(self, group: str, now: float) -> None:
        """A deployment to `group` uses it."""
        self.first_used = self.first_used or now
        self.last_used = now
        if group not in self.groups:
            self.groups.append(group)

    def describe(self) -> dict[str, Any]:
        """Return the GenericRevisionInfo of the API."""
        return {
            "description": self.description,
            "deploymentGroups": list(self.groups),
            "firstUsedTime": self.first_used,
            "lastUsedTime": self.last_used,
            "registerTime": self.registered,
        }


def sha256(text: str) -> str:
    """Return the lower-case hex digest by which CodeDeploy knows an inline AppSpec."""
    return hashlib.sha256(text.encode()).hexdigest()
