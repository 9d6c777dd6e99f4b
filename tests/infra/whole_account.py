"""An account with everything in it: each environment there is, shared state, and roles for GitHub."""

from __future__ import annotations

import json
import shutil
from collections.abc import Container
from pathlib import Path

from bluegreen.infra import hook_archive
from bluegreen.infra.stack_json import StackJson
from bluegreen.infra.synth import synthesize

ROOT = Path(__file__).parents[2]
FOUNDATION = """
region = "us-east-1"
state_bucket = "acme-terraform-state"
github_repository = "acme/shop"
"""


def write_settings(folder: Path, environments: Container[str] = ()) -> Path:
    """Write the settings: ours, those of two services, and the rehearsal as an environment of this account.

    Of these, only the `environments`, if some are named.
    """
    for source in (ROOT / "environments", Path(__file__).parent / "environments"):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    (folder / "foundation.toml").write_text(FOUNDATION)
    rehearsal = folder / "rehearsal.toml"
    rehearsal.write_text(rehearsal.read_text().replace("rehearsal = true\n", ""))
    for file in folder.glob("*.toml"):
        if environments and file.stem not in environments and file.stem != "foundation":
            file.unlink()
    return folder


def write_archive(folder: Path) -> Path:
    """Write a zip like the hook's; what is in it is no matter of the infrastructure."""
    binary, archive = folder / "bootstrap", folder / "bootstrap.zip"
    binary.write_bytes(b"a program")
    hook_archive.write(binary, archive)
    return archive


def write_stacks(folder: Path, hook_zip: Path, environments: Container[str] = ()) -> Path:
    """Synthesize them, and return the folder with the stacks."""
    settings = write_settings(folder / "environments", environments)
    return synthesize({hook_archive.OVERRIDE: str(hook_zip)}, settings, folder / "cdktf.out") / "stacks"


def read(stacks: Path) -> dict[str, StackJson]:
    """Return each stack by its name."""
    return {file.parent.name: _read(file) for file in sorted(stacks.glob("*/cdk.tf.json"))}


def _read(file: Path) -> StackJson:
    return StackJson(name=file.parent.name, document=json.loads(file.read_text(encoding="utf-8")))
