"""ECR where moto has no way to an image's configuration."""

from __future__ import annotations

from typing import Any

from moto.ecr.responses import ECRResponse

from . import download_url


def install() -> None:
    """Answer what moto does not."""
    moto: Any = ECRResponse
    moto.get_download_url_for_layer = download_url.get_download_url_for_layer
