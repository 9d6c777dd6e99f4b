"""From an image tag to the digest that a revision pins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import origin
from .errors import ReleaseError

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

    from .evidence import Evidence

SHOWN = 10


@dataclass(frozen=True)
class Repository:
    """An ECR repository by its URL, `<registry>/<name>`."""

    url: str

    @property
    def registry(self) -> str:
        """The host that a builder logs in to."""
        return self.url.partition("/")[0]

    @property
    def name(self) -> str:
        """The name that the ECR API takes."""
        return self.url.partition("/")[2]

    def pinned(self, digest: str) -> str:
        """Return the image URI of a digest."""
        return f"{self.url}@{digest}"


def pin(ecr: ECRClient, repository: Repository, tag: str) -> str:
    """Return the image URI of a tag by its digest: a tag may move, a digest cannot.

    Raises:
        ReleaseError: there is no such tag; the newest tags that exist are named.
    """
    digest = find(ecr, repository, tag)
    if digest is None:
        tags = newest_tags(ecr, repository)
        raise ReleaseError(f"{repository.name} has no image tagged {tag}; the newest tags: {', '.join(tags) or 'none'}")
    return repository.pinned(digest)


def find(ecr: ECRClient, repository: Repository, tag: str) -> str | None:
    """Return a tag's digest, or None when there is no such tag.

    Raises:
        ReleaseError: there is no such repository.
    """
    try:
        found = ecr.describe_images(repositoryName=repository.name, imageIds=[{"imageTag": tag}])
    except ecr.exceptions.ImageNotFoundException:
        return None
    except ecr.exceptions.RepositoryNotFoundException:
        raise ReleaseError(
            f"there is no image repository {repository.name} in {ecr.meta.region_name}: make it again"
        ) from None
    return found["imageDetails"][0].get("imageDigest") if found["imageDetails"] else None


def newest_tags(ecr: ECRClient, repository: Repository) -> list[str]:
    """Return the tags of the images pushed last, newest first."""
    pages = ecr.get_paginator("describe_images").paginate(
        repositoryName=repository.name, filter={"tagStatus": "TAGGED"}
    )
    images = [image for page in pages for image in page["imageDetails"]]
    images.sort(key=lambda image: str(image.get("imagePushedAt", "")), reverse=True)
    return [tag for image in images for tag in image.get("imageTags", [])][:SHOWN]


def tag_of(ecr: ECRClient, repository: Repository, image: str, evidence: Evidence) -> str:
    """Return a tag of an image that is pinned by digest, of several one that carries a git revision.

    It is empty for an image of another registry or without a tag.
    """
    name, _, digest = image.partition("@")
    if not digest:
        return name.rpartition(":")[2] if name.startswith(f"{repository.url}:") else ""
    if name != repository.url:
        return ""
    tags = evidence.read(lambda: _tags_of(ecr, repository, digest), [])
    return max(tags, key=lambda tag: bool(origin.in_tag(tag)), default="")


def _tags_of(ecr: ECRClient, repository: Repository, digest: str) -> list[str]:
    try:
        found = ecr.describe_images(repositoryName=repository.name, imageIds=[{"imageDigest": digest}])
    except ecr.exceptions.ImageNotFoundException:
        return []
    return [tag for one in found["imageDetails"] for tag in one.get("imageTags", [])]


def resolve_own(ecr: ECRClient, repository: Repository, image: str) -> str:
    """Pin an image of this repository that is named by a tag; any other image stays as it is."""
    prefix = f"{repository.url}:"
    if not image.startswith(prefix):
        return image
    digest = find(ecr, repository, image.removeprefix(prefix))
    return repository.pinned(digest) if digest else image
