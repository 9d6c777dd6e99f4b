"""A synthesized stack as a text to compare: what the stack says, and nothing of when and where it was written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

_CONTENT = re.compile(r"\b[0-9A-F]{32}\b")


def normalised(document: dict[str, Any]) -> str:
    """Return the JSON with sorted keys, texts that are JSON spread out, and without hashes of content.

    Addresses stay as they are: another address is another resource, and the old one is destroyed.
    """
    return json.dumps(_spread(document), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _spread(value: Any) -> Any:
    match value:
        case dict():
            # CDKTF's notes about constructs say nothing that Terraform reads
            return {key: _spread(inner) for key, inner in value.items() if key != "//"}
        case list():
            return [_spread(inner) for inner in value]
        case str() if value.startswith(("{", "[")):
            return _spread_text(value)
        case str():
            return _CONTENT.sub("HASH", value)
    return value


def _spread_text(text: str) -> Any:
    try:
        return {"JSON": _spread(json.loads(text))}
    except ValueError:
        return text


class StackSnapshot(SingleFileSnapshotExtension):
    """One file for each stack, named like it, in the folder `snapshots`."""

    _write_mode = WriteMode.TEXT
    file_extension = "json"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(Path(test_location.filepath).parent / "snapshots")

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:  # noqa: ARG003
        return str(index)
