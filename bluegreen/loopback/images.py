"""The images of the loopback: each is a line in a table, a command and its environment."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
CONFIGURATION_TYPE = "application/vnd.oci.image.config.v1+json"
REGISTRY_NAMES = {"X86_64": "amd64", "ARM64": "arm64"}
"""What a registry calls a task definition's `cpuArchitecture`."""
ARCHITECTURES = tuple(REGISTRY_NAMES.values())
WANTED = '{"repository": …, "tag": …, "command": […], "environment": {…}, "architecture": "amd64" or "arm64"}'


class ImageError(ValueError):
    """An image that cannot be found."""


@dataclass(frozen=True, kw_only=True)
class Image:
    """What a container of this image runs; `{address}` stands for the task's own address."""

    repository: str
    tag: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    architecture: str = ""
    """What the registry says that it is for, `amd64` or `arm64`; nothing is said where it is empty.

    It is run as a process of this machine, where the task definition is for the same.
    """

    @classmethod
    def of(cls, table: Any) -> Image:
        """Return the image that a table of JSON or TOML describes.

        Raises:
            ValueError: it is no image; the message tells what is.
        """
        match table:
            case {"repository": str(repository), "tag": str(tag), "command": [_, *_] as command}:
                environment, architecture = table.get("environment", {}), table.get("architecture", "")
                sound = isinstance(environment, dict) and _texts(command, environment.values())
                if repository and tag and sound and architecture in ("", *ARCHITECTURES):
                    return cls(
                        repository=repository,
                        tag=tag,
                        command=tuple(command),
                        environment=environment,
                        architecture=architecture,
                    )
        raise ValueError(f"an image is {WANTED}, not {json.dumps(table, default=str)[:200]}")

    @property
    def manifest(self) -> str:
        """The JSON manifest that the registry keeps: same line, same bytes."""
        line = {"command": self.command, "environment": dict(sorted(self.environment.items()))}
        return json.dumps(
            {"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": self._config, "layers": [], "annotations": line},
            sort_keys=True,
        )

    @property
    def configuration(self) -> bytes:
        """The blob that says which machine the image is for; empty where the line does not say."""
        said = {"architecture": self.architecture, "os": "linux"}
        return json.dumps(said, sort_keys=True).encode() if self.architecture else b""

    @property
    def _config(self) -> dict[str, Any]:
        """The manifest's pointer to the configuration."""
        blob = self.configuration
        return {"mediaType": CONFIGURATION_TYPE, "digest": _digest(blob), "size": len(blob)} if blob else {}

    @property
    def digest(self) -> str:
        """`sha256:` and the hex digest of the manifest, as a registry computes it."""
        return _digest(self.manifest.encode())

    def at(self, address: str) -> tuple[list[str], dict[str, str]]:
        """Return the command and environment of a task that listens on `address`."""
        command = [word.replace("{address}", address) for word in self.command]
        return command, {name: value.replace("{address}", address) for name, value in self.environment.items()}


def _digest(blob: bytes) -> str:
    return f"sha256:{hashlib.sha256(blob).hexdigest()}"


def _texts(*groups: Iterable[object]) -> bool:
    return all(isinstance(one, str) and "\0" not in one for group in groups for one in group)


class Images:
    """All images known to this loopback, found by tag or by digest."""

    def __init__(self) -> None:
        self._images: dict[str, Image] = {}
        self._lock = threading.Lock()

    def put(self, image: Image) -> None:
        """Add the line; a tag that exists moves to the new line, digests stay."""
        with self._lock:
            self._images[f"{image.repository}:{image.tag}"] = image
            self._images[f"{image.repository}@{image.digest}"] = image

    def configuration(self, digest: str) -> bytes | None:
        """Return the configuration of that digest, None when no image has it."""
        with self._lock:
            found = {image.configuration for image in self._images.values()}
        return next((blob for blob in found if blob and _digest(blob) == digest), None)

    def find(self, reference: str) -> Image:
        """Return the image of `[registry/]repository:tag` or `…@sha256:…` (tag `latest` where neither is given).

        Raises:
            ImageError: no line has that repository and tag or digest.
        """
        name = reference.split("/", 1)[1] if "." in reference.split("/", 1)[0] and "/" in reference else reference
        if "@" not in name and ":" not in name:
            name = f"{name}:latest"
        with self._lock:
            image = self._images.get(name)
            known = sorted(key for key in self._images if "@" not in key)
        if image is None:
            raise ImageError(f"no image {name}; the loopback has {', '.join(known) or 'none'}")
        return image
