"""The deployment package: a zip with `bootstrap`, unpacked once for each content."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from pathlib import Path

BOOTSTRAP = "bootstrap"


class PackageError(ValueError):
    """A deployment package that cannot be run."""


def unpack(archive: bytes, folder: Path) -> Path:
    """Return the folder with the unpacked `archive`, below `folder`.

    Raises:
        PackageError: it is no zip or has no `bootstrap`.
    """
    target = folder / hashlib.sha256(archive).hexdigest()[:16]
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder))
    try:
        _extract(archive, fresh)
    except zipfile.BadZipFile as error:
        shutil.rmtree(fresh)
        raise PackageError(f"the deployment package is no zip: {error}") from error
    try:
        fresh.rename(target)
    except OSError:  # two invocations unpacked at the same time: either result is as good
        shutil.rmtree(fresh)
    return target


def bootstrap(root: Path) -> Path:
    """Return the program of an unpacked package.

    Raises:
        PackageError: it has none.
    """
    program = root / BOOTSTRAP
    if not program.is_file():
        raise PackageError(f"the deployment package has no `{BOOTSTRAP}`")
    return program


def _extract(archive: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        for entry in package.infolist():
            path = Path(package.extract(entry, folder))
            mode = entry.external_attr >> 16 & 0o777  # the upper half is the Unix mode; Python does not restore it
            if mode and not entry.is_dir():
                path.chmod(mode)
