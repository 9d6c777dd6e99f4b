"""Whether the image is for the machines that the tasks run on: on another one they die of `exec format error`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bluegreen.release.image import Repository
from bluegreen.release.step import Step

from . import image_configuration
from .finding import Finding, doubtful, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bluegreen.release_target import ReleaseTarget

    from .patient import Patient

REGISTRY_NAMES = {"ARM64": "arm64", "X86_64": "amd64"}
"""Fargate's names for architectures, and those of image registries."""
MEDIA_TYPES = [
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
]


def look(patient: Patient) -> Finding:
    """Read the image's manifest from ECR, and its configuration where the manifest is of one image."""
    repository = Repository(patient.target.repository)
    uri = patient.image() or patient.wanted.uri or ""
    if not uri:
        return sound("no image to look at")
    name, _, digest = uri.partition("@")
    if name != repository.url or not digest:
        return doubtful(
            f"cannot tell which machines {uri} is for: its registry is not asked",
            f"make sure that it is for {_platform(wanted(patient))}",
        )
    return judge(_architectures(patient, repository, digest), wanted(patient), patient.target)


def judge(found: tuple[str, ...], wanted: str, target: ReleaseTarget) -> Finding:
    """Compare what the image is for, in the registry's names, with what the tasks run on, in Fargate's."""
    needed = REGISTRY_NAMES.get(wanted, wanted.lower())
    if not found:
        return doubtful("cannot tell which machines the image is for", f"make sure that it is for {_platform(wanted)}")
    if needed not in found:
        return wrong(
            f"the image is for {', '.join(found)}, and the tasks run on {wanted} ({needed})",
            Step(f"build it for {_platform(wanted)}", ours="`bluegreen push` does").fit(target),
        )
    return sound(f"the image is for {', '.join(found)}")


def wanted(patient: Patient) -> str:
    """Return the architecture that the template asks for; Fargate takes X86_64 where it says nothing."""
    platform = patient.template().get("runtimePlatform") or {}
    return platform.get("cpuArchitecture") or patient.target.architecture


def of_index(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the Linux platforms of an index; attestations are for `unknown` ones."""
    platforms: Iterable[Mapping[str, Any]] = (one.get("platform") or {} for one in manifest.get("manifests", []))
    names = [one.get("architecture", "") for one in platforms if one.get("os", "linux") == "linux"]
    return tuple(dict.fromkeys(filter(None, names)))


def _architectures(patient: Patient, repository: Repository, digest: str) -> tuple[str, ...]:
    answer = patient.clients.ecr.batch_get_image(
        repositoryName=repository.name, imageIds=[{"imageDigest": digest}], acceptedMediaTypes=MEDIA_TYPES
    )
    manifest = next((json.loads(one.get("imageManifest") or "{}") for one in answer["images"]), {})
    if "manifests" in manifest:
        return of_index(manifest)
    blob = (manifest.get("config") or {}).get("digest")
    said = image_configuration.read(patient.clients.ecr, repository.name, blob) if blob else {}
    return tuple(filter(None, [said.get("architecture")]))


def _platform(architecture: str) -> str:
    return f"linux/{REGISTRY_NAMES.get(architecture, architecture.lower())}"
