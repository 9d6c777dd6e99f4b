"""Where a release comes from: who releases, and which git revision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import source
from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_sts import STSClient

REVISION_IN_TAG = re.compile(r"-([0-9a-f]{7,40}(?:-dirty)?)$")
SHORT = 7


def who(sts: STSClient, environ: Mapping[str, str]) -> str:
    """Return who started the workflow in GitHub, else the name of the caller's user or role session.

    Empty where that cannot be found out, whatever the cause: nothing that a release does depends on it.
    """
    if actor := environ.get("GITHUB_ACTOR"):
        return actor
    try:
        return caller(sts.get_caller_identity()["Arn"])
    except Exception:  # also what a log-in page in place of STS makes of the answer, which botocore has no name for
        return ""


def caller(arn: str) -> str:
    """Shorten a caller's ARN to what tells people apart: `role/session`, the user's name, or `root`."""
    kind, _, name = arn.rpartition(":")[2].partition("/")
    return name or kind


def in_tag(tag: str | None) -> str:
    """Return the git revision that a tag ends with, as `push` writes it; empty when there is none."""
    found = REVISION_IN_TAG.search(tag or "")
    return found.group(1) if found else ""


def git_revision(tag: str | None, environ: Mapping[str, str]) -> str:
    """Return the git revision that a tag carries; else the one that the release is run from, empty if there is none."""
    if found := in_tag(tag):
        return found
    if sha := environ.get("GITHUB_SHA"):
        return sha[:SHORT]
    try:
        return source.git_revision(allow_dirty=True)
    except ReleaseError:
        return ""
