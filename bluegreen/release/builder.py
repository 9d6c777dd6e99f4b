"""The command lines that build and push an image, with whichever builder is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .image import Repository

BUILDERS = ("docker", "podman", "buildah")
PLATFORMS = {"ARM64": "linux/arm64", "X86_64": "linux/amd64"}
DOCKERFILE = "service_rust/Dockerfile"
CONTEXT = "."
"""The whole workspace: the lock file lies at its root."""


class BuilderError(Exception):
    """No builder, or one that failed."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """One image: what goes in, and the name under which it is pushed."""

    builder: str
    repository: Repository
    tag: str
    color: str
    architecture: str
    """`ARM64` or `X86_64`."""

    @property
    def name(self) -> str:
        """The image as the registry knows it."""
        return f"{self.repository.url}:{self.tag}"


def choose(which: Callable[[str], str | None], wanted: str | None = None) -> str:
    """Return the builder to use: the wanted one, else the first of docker, podman, buildah on PATH.

    Raises:
        BuilderError: it is not there, or none is, with where to get one.
    """
    candidates = (wanted,) if wanted else BUILDERS
    for name in candidates:
        if which(name):
            return name
    raise BuilderError(
        f"no {' or '.join(candidates)} on PATH to build the image with: "
        "install Docker (docs.docker.com/get-docker), Podman (podman.io) or Buildah (buildah.io)"
    )


def build_command(build: Build) -> list[str]:
    """Build for the task's architecture, whatever machine this is."""
    platform = PLATFORMS[build.architecture]
    return [
        *(build.builder, "build", "--platform", platform, "--file", DOCKERFILE),
        *("--build-arg", f"COLOR={build.color}", "--tag", build.name, CONTEXT),
    ]


def login_command(build: Build) -> list[str]:
    """Log in to the registry; the password goes through standard input, never into the process list."""
    return [build.builder, "login", "--username", "AWS", "--password-stdin", build.repository.registry]


def push_command(build: Build) -> list[str]:
    """Push the image under its name."""
    return [build.builder, "push", build.name]
