"""The configuration of a single image: a small JSON blob beside its layers, at an address that ECR signs."""

from __future__ import annotations

import ipaddress
import json
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bluegreen.release.errors import ReleaseError

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

SECONDS = 4
LARGEST = 1 << 20
"""Bytes; a configuration has a few thousand."""


def read(ecr: ECRClient, repository: str, digest: str) -> dict[str, Any]:
    """Fetch a configuration by its digest; empty when the registry has none, or it is none.

    Raises:
        ReleaseError: what ECR names cannot be fetched.
    """
    try:
        url = ecr.get_download_url_for_layer(repositoryName=repository, layerDigest=digest).get("downloadUrl", "")
    except (ecr.exceptions.LayersNotFoundException, ecr.exceptions.LayerInaccessibleException):
        return {}
    try:
        found = json.loads(_fetch(url))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _fetch(url: str) -> bytes:
    address = urlsplit(url)
    if address.scheme != "https" and not _is_here(address.hostname or ""):
        raise ReleaseError(
            f"ECR names {address.scheme}://{address.hostname} for the image's configuration: not fetched"
        )
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:
            return bytes(answer.read(LARGEST))
    except OSError as error:  # what urllib raises is one
        raise ReleaseError(f"the image's configuration cannot be fetched from {address.hostname}: {error}") from None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
