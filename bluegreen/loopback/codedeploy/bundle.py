"""The AppSpec in an object of S3: the object itself, or the one file of an archive."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath

from .appspec import AppSpec, AppSpecError, parse

NO_APPSPEC = "An AppSpec file is required, but could not be found in the revision"
NAMES = ("appspec.yaml", "appspec.yml", "appspec.json")
# An AppSpec has some kilobytes; an archive may claim to unpack to anything.
MOST_BYTES = 1 << 20
_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, RuntimeError, ValueError)


def read(body: bytes, bundle: str) -> AppSpec:
    """Read the AppSpec out of a bundle of the type YAML, JSON, zip, tgz or tar.

    Raises:
        AppSpecError: the bundle is not of that type, has no AppSpec at its top, or what it has is none.
    """
    try:
        content = _content(body, bundle)
    except _UNREADABLE as error:
        raise AppSpecError(f"the revision is no {bundle} archive") from error
    if content is None:
        raise AppSpecError(NO_APPSPEC)
    if len(content) > MOST_BYTES:
        raise AppSpecError(f"the AppSpec has more than {MOST_BYTES} bytes")
    try:
        return parse(content.decode())
    except UnicodeDecodeError as error:
        raise AppSpecError("the AppSpec is not in UTF-8") from error


def _content(body: bytes, bundle: str) -> bytes | None:
    if bundle == "zip":
        return _zipped(body)
    if bundle in {"tgz", "tar"}:
        return _tarred(gzip.GzipFile(fileobj=io.BytesIO(body)) if bundle == "tgz" else io.BytesIO(body))
    return body


def _zipped(body: bytes) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        name = next((name for name in archive.namelist() if _is_appspec(name)), None)
        if name is None:
            return None
        with archive.open(name) as file:
            return file.read(MOST_BYTES + 1)


def _tarred(body: io.BytesIO | gzip.GzipFile) -> bytes | None:
    with tarfile.open(fileobj=body, mode="r:") as archive:
        member = next((one for one in archive if one.isfile() and _is_appspec(one.name)), None)
        file = archive.extractfile(member) if member else None
        return file.read(MOST_BYTES + 1) if file else None


def _is_appspec(name: str) -> bool:
    return str(PurePosixPath(name)).lower() in NAMES
