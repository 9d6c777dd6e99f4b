"""The versions that drills release: two good ones, and a bad one for everything that can be wrong with an image."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bluegreen.loopback.images import REGISTRY_NAMES
from bluegreen.rehearsal import cast
from bluegreen.rehearsal.stage import Stage, StageError

MISBEHAVING = Path(__file__).parent / "misbehaving.py"


@dataclass(frozen=True, kw_only=True)
class Version:
    """A tag in the registry and what its container runs: a program that was built, or the misbehaving server."""

    tag: str
    color: str
    program: str = "rust-api"
    fault: str = ""
    """What the misbehaving server does wrong; empty: `program` runs."""
    bad: bool = True
    """Whether nobody should meet it."""
    other_machine: bool = False
    """Whether the image says that it is for another architecture."""

    @property
    def key(self) -> str:
        """What `GET /one` answers when all is well."""
        return f"route_one from {self.color}"


GREEN = Version(tag="green", color="Green", bad=False)
BLUE = Version(tag="blue", color="Blue", bad=False)
GOOD = (GREEN, BLUE)


def misbehaving(tag: str, fault: str, *, bad: bool = True) -> Version:
    """Return a version with a fault, as `misbehaving.py` knows it."""
    return Version(tag=tag, color=tag.capitalize(), fault=fault, bad=bad)


def push(stage: Stage, version: Version, repository: str) -> None:
    """Put the version's line into the loopback's image table.

    Raises:
        StageError: the program was not built, or the loopback refuses the image.
    """
    own = REGISTRY_NAMES[stage.settings.architecture]
    (other,) = {*REGISTRY_NAMES.values()} - {own}
    line = {
        "repository": repository,
        "tag": version.tag,
        "command": [sys.executable, "-I", str(MISBEHAVING)] if version.fault else [str(_program(stage, version))],
        "environment": {
            "LISTEN_ADDR": "{address}:3000",
            "COLOR": version.color,
            "KEY": version.color,
            "FAULT": version.fault,
        },
        "architecture": other if version.other_machine else own,
    }
    cast.put(stage, line)


def _program(stage: Stage, version: Version) -> Path:
    program = stage.project / "target" / "service" / version.program
    if not program.is_file():
        raise StageError(f"{program.relative_to(stage.project)} was not built: run make build")
    return program
