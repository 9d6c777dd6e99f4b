"""The images of the rehearsal: each version of the service that is released, as a line of the loopback's table."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bluegreen.loopback.images import REGISTRY_NAMES
from bluegreen.settings import Settings

from .stage import Stage, StageError


@dataclass(frozen=True)
class Version:
    """A tag in the registry and what its container runs."""

    tag: str
    program: str
    color: str

    @property
    def key(self) -> str:
        """What `GET /one` answers when this version is healthy."""
        return f"route_one from {self.color}"


GREEN = Version("print-green", "rust-api", "Green")
BLUE = Version("print-blue", "rust-api", "Blue")
BROKEN = Version("print-broken", "examples/broken_one", "Broken")


def push(stage: Stage, version: Version, settings: Settings) -> None:
    """Put the version's line into the loopback's image table, and into the registry of the service of `settings`.

    Raises:
        StageError: the program was not built, or the loopback refuses the image.
    """
    program = stage.project / "target" / "service" / version.program
    if not program.is_file():
        raise StageError(f"{program.relative_to(stage.project)} was not built: run make build")
    line = {
        "repository": settings.repository,
        "tag": version.tag,
        "command": [str(program)],
        "environment": {"COLOR": version.color, "LISTEN_ADDR": "{address}:3000"},
        "architecture": REGISTRY_NAMES[stage.settings.architecture],
    }
    put(stage, line)


def put(stage: Stage, line: Mapping[str, object]) -> None:
    """Put a line into the loopback's image table.

    Raises:
        StageError: the loopback refuses the image.
    """
    url = f"{stage.endpoint}/_loopback/images"
    request = urllib.request.Request(url, data=json.dumps(line).encode(), method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            response.read()
    except urllib.error.HTTPError as error:
        raise StageError(f"the loopback refused the image {line['tag']}: {error.read().decode()}") from error


def check_list(folder: Path, keys: Mapping[str, str]) -> Path:
    """Write a check list for pytest: each path of `keys` answers 200 with that key."""
    checks = [{"path": path, "body": {"pointer": "/key", "equals": key}} for path, key in keys.items()]
    file = folder / "checks.json"
    file.write_text(json.dumps(checks))
    return file
