"""Whether the image is in the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bluegreen.release import image
from bluegreen.release.image import Repository
from bluegreen.release.step import Step

from .finding import Finding, sound, wrong

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .patient import Patient

ABSENT = Step("build it and push it there", ours="`bluegreen push` does")


def look(patient: Patient) -> Finding:
    """Ask ECR; the registry of another one's image is not asked."""
    wanted, target = patient.wanted, patient.target
    repository = Repository(target.repository)
    if wanted.tag and not target.repository:
        return wrong("no image repository is known to look for a tag in", "name the whole image: --image URI")
    if wanted.uri and not _is_own(wanted.uri, repository):
        return sound(f"{wanted.uri} is of another registry, which is not asked")
    if not wanted.tag and not wanted.uri:
        return sound("no image was named")
    found, ecr = patient.image(), patient.clients.ecr
    if wanted.uri and "@" in wanted.uri:
        digest = wanted.uri.partition("@")[2]
        return judge(digest, target, is_there=_has(patient, digest), tags=())
    named = wanted.tag or (wanted.uri or "").rpartition(":")[2]
    is_there = "@" in found
    tags = () if is_there else tuple(image.newest_tags(ecr, repository))
    return judge(named, target, is_there=is_there, tags=tags)


def judge(named: str, target: ReleaseTarget, *, is_there: bool, tags: tuple[str, ...]) -> Finding:
    """Name what is there instead."""
    repository = Repository(target.repository).name
    if is_there:
        return sound(f"{repository} has {named}")
    return wrong(
        f"{repository} has no image {named}; the newest tags: {', '.join(tags) or 'not asked for'}",
        ABSENT.fit(target),
    )


def _has(patient: Patient, digest: str) -> bool:
    ecr, name = patient.clients.ecr, Repository(patient.target.repository).name
    try:
        ecr.describe_images(repositoryName=name, imageIds=[{"imageDigest": digest}])
    except ecr.exceptions.ImageNotFoundException:
        return False
    return True


def _is_own(uri: str, repository: Repository) -> bool:
    return bool(repository.url) and uri.startswith((f"{repository.url}:", f"{repository.url}@"))
