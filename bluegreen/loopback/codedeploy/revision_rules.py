"""Reads the RevisionLocation of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .exceptions import Refusal
from .revision import Revision, sha256

_INLINE = {"AppSpecContent": "appSpecContent", "String": "string"}
BUNDLES = ("YAML", "JSON", "zip", "tgz", "tar")


def revision_of(location: Mapping[str, Any] | None) -> Revision:
    """Return the revision; an inline one is known by the SHA-256 of its text, which is checked where it is given.

    Raises:
        Refusal: there is none, it is of a type that ECS does not take, or it lacks something.
    """
    if not location:
        raise Refusal("RevisionRequired", "The revision must be specified")
    kind = location.get("revisionType")
    if kind in _INLINE:
        return _inline(kind, location.get(_INLINE[kind]) or {})
    if kind == "S3":
        return _s3(location.get("s3Location") or {})
    raise Refusal("InvalidRevision", f"An ECS deployment takes no revision of the type {kind}")


def referenced(location: Mapping[str, Any] | None) -> tuple[object, ...] | None:
    """Return the key of an inline revision that is given by its SHA-256 alone, as GetDeployment shows it."""
    kind = (location or {}).get("revisionType")
    found = (location or {}).get(_INLINE.get(kind or "", "")) or {}
    return (kind, found["sha256"]) if found.get("sha256") and not found.get("content") else None


def _inline(kind: str, found: Mapping[str, Any]) -> Revision:
    text = found.get("content")
    if not text:
        raise Refusal("InvalidRevision", f"The revision has no {_INLINE[kind]}.content")
    if found.get("sha256") and found["sha256"] != sha256(text):
        raise Refusal("InvalidRevision", "The SHA-256 given for the AppSpec is not that of its content")
    return Revision(type=kind, text=text)


def _s3(found: Mapping[str, Any]) -> Revision:
    if not found.get("bucket") or not found.get("key"):
        raise Refusal("InvalidRevision", "The S3 location must have a bucket and a key")
    if found.get("bundleType") not in BUNDLES:
        raise Refusal("InvalidRevision", f"The bundle type must be one of {', '.join(BUNDLES)}")
    return Revision(type="S3", location=dict(found))
