"""The region of an environment that no settings describe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

SHAPE = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")


def of_environment(named: str | None, environ: Mapping[str, str]) -> str:
    """Return the named region, else that of `AWS_REGION` (which boto3 does not read), else the standard chain's.

    Empty where nobody says one.

    Raises:
        ReleaseError: it does not look like a region.
    """
    found = named or environ.get("AWS_REGION") or _of_chain()
    if found and not SHAPE.fullmatch(found):
        raise ReleaseError(f"the region: found {found!r}, allowed: one such as us-east-1")
    return found


def _of_chain() -> str:
    import boto3  # noqa: PLC0415 - an environment with settings need not pay for it

    return boto3.Session().region_name or ""
