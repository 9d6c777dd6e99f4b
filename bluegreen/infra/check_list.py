"""How the check list travels to the hook: in its environment, which a plan shows, or in its zip if it is long."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bluegreen.settings import Settings

from . import hook_archive

LONGEST = 3 * 1024
"""Bytes of a list in the environment; Lambda gives all variables together 4 KB."""

MEMBER = "checks.json"


def environment(settings: Settings) -> dict[str, str]:
    """Return the variable that tells the hook its list, or where it is."""
    return {"CHECKS_FILE": MEMBER} if _is_long(settings) else {"CHECKS": _text(settings)}


def archive(zip_: Path, settings: Settings) -> Path:
    """Return the hook's zip for an environment: `zip_`, or a copy of it with the list inside."""
    if not _is_long(settings):
        return zip_
    own = zip_.with_name(f"{zip_.stem}-{settings.prefix}.zip")
    shutil.copyfile(zip_, own)
    hook_archive.add(own, MEMBER, _text(settings).encode())
    return own


def _is_long(settings: Settings) -> bool:
    return len(_text(settings).encode()) > LONGEST


def _text(settings: Settings) -> str:
    return json.dumps(settings.checks, separators=(",", ":"))
