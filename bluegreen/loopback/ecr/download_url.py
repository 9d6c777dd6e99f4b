"""GetDownloadUrlForLayer, which is also the way to an image's configuration: both are blobs of the registry."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ecr.exceptions import InvalidParameterException, RepositoryNotFoundException

from bluegreen.loopback import machine


def get_download_url_for_layer(response: Any) -> ActionResult:
    """Say where the configuration of an image lies; layers are no bytes here.

    Raises:
        InvalidParameterException: there is no such repository, or no configuration of that digest.
    """
    repository, digest = response._get_param("repositoryName"), response._get_param("layerDigest")
    if repository not in response.ecr_backend.repositories:
        raise RepositoryNotFoundException(repository, response.ecr_backend.account_id)
    here = machine.get()
    if here.images.configuration(digest) is None:
        words = f"The layer with digest '{digest}' does not exist in the repository with name '{repository}'"
        # moto finds the service's model by the module of the class: it has to be one of its own.
        raise InvalidParameterException("LayersNotFoundException", words)
    return ActionResult({"downloadUrl": f"{here.endpoint}/_loopback/blobs/{digest}", "layerDigest": digest})
