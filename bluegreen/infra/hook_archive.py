"""The hook's zip: the same bytes from the same binary, on any machine at any time.

`python -m bluegreen.infra.hook_archive BINARY ZIP` makes it.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from bluegreen.settings import Settings

FOLDER = Path(".build/hook")
MEMBER = "bootstrap"
OVERRIDE = "BLUEGREEN_HOOK_ZIP"

# The oldest time that a zip can hold: the time of the build is no part of the function.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_EXECUTABLE = 0o100755 << 16
_UNIX = 3


class HookArchiveError(RuntimeError):
    """There is no zip of the hook to deploy."""


def find(settings: Settings, environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the zip of the hook for the architecture of `settings`, or None if it was not built yet.

    Raises:
        HookArchiveError: the zip that the environment names is not there.
    """
    named = environ.get(OVERRIDE)
    path = Path(named or FOLDER / settings.lambda_architecture / f"{MEMBER}.zip")
    if named and not path.is_file():
        raise HookArchiveError(f"{OVERRIDE}={path}: no such file. {remedy(settings)}")
    return path if path.is_file() else None


def remedy(settings: Settings) -> str:
    """Say how the zip is built."""
    return f"`make hook ARCH={settings.lambda_architecture}` builds the hook's zip"


def missing(settings: Settings) -> str:
    """Return the path that stands for a zip not built: Terraform's refusal to read it says what to do."""
    return f"the-hook-is-not-built/make-hook-ARCH-{settings.lambda_architecture}"


def write(binary: Path, archive: Path) -> None:
    """Write the zip that Lambda's `provided.al2023` runtime starts `binary` from."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.unlink(missing_ok=True)
    add(archive, MEMBER, binary.read_bytes())


def add(archive: Path, name: str, content: bytes) -> None:
    """Add a file to a zip, which is made if it is not there."""
    member = zipfile.ZipInfo(name, date_time=_EPOCH)
    member.external_attr, member.create_system = _EXECUTABLE, _UNIX
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr(member, content, compresslevel=9)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m bluegreen.infra.hook_archive BINARY ZIP", file=sys.stderr)
        return 2
    binary, archive = map(Path, arguments)
    if not binary.is_file():
        print(f"{binary}: no such file", file=sys.stderr)
        return 1
    write(binary, archive)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
