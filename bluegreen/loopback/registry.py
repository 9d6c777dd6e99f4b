"""Images put into moto's ECR, as a push would, and into the table that says what they run."""

from __future__ import annotations

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.exceptions import ServiceException
from moto.ecr.models import ECRBackend, ecr_backends

from . import machine
from .images import Image


class RegistryError(ValueError):
    """ECR refused the image."""


def put(image: Image) -> str:
    """Push `image` to its repository, in whichever region that is; return its digest.

    Raises:
        RegistryError: no such repository, or its tags are immutable and this one names another image.
    """
    backend = _backend(image.repository)
    if not _is_tagged(backend, image):
        try:
            backend.put_image(image.repository, image.manifest, image.tag, digest=image.digest)
        except ServiceException as error:
            raise RegistryError(str(error)) from error
    machine.get().images.put(image)
    return image.digest


def _backend(repository: str) -> ECRBackend:
    for backend in ecr_backends[DEFAULT_ACCOUNT_ID].values():
        if repository in backend.repositories:
            return backend
    raise RegistryError(f"RepositoryNotFoundException: no repository {repository} in any region")


def _is_tagged(backend: ECRBackend, image: Image) -> bool:
    return any(
        known.get_image_digest() == image.digest and image.tag in known.image_tags
        for known in backend.repositories[image.repository].images
    )
