"""A JSON schema of an environment's file, for editors: `python -m bluegreen.settings.json_schema` prints it.

It says what one key may be. What keys may be together only `load` knows.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Collection, Iterator
from dataclasses import Field, is_dataclass
from typing import Any

from .loading import EXTENDS
from .model import Settings
from .schema import default, keys, types_of
from .services import KEYS, TABLE

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
SERVICE_NAME = "^[a-z]([a-z0-9-]*[a-z0-9])?$"

_TYPES = {bool: "boolean", int: "integer", str: "string", dict: "object"}


def document() -> Schema:
    """Return the schema of `environments/<name>.toml`."""
    schema = _table(Settings)
    services = {
        "description": "Several services behind one HTTP API, a table for each.",
        "type": "object",
        "patternProperties": {SERVICE_NAME: _table(Settings, only=KEYS)},
        "additionalProperties": False,
    }
    extends = {"description": "Environment whose file is the ground of this one.", "type": "string"}
    properties = {EXTENDS: extends, **schema["properties"], TABLE: services}
    head = {"$schema": DRAFT, "title": "An environment of bluegreen"}
    return {**head, **schema, "properties": properties, "definitions": dict(_definitions(Settings))}


def text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _definitions(model: type) -> Iterator[tuple[str, Schema]]:
    """Yield the tables within `model`, and those within them, by the names of their dataclasses."""
    hints = types_of(model)
    for key in keys(model):
        if is_dataclass(hints[key]):
            yield hints[key].__name__, _table(hints[key])
            yield from _definitions(hints[key])


def _table(model: type, only: Collection[str] = ()) -> Schema:
    hints = types_of(model)
    properties = {
        key: {"$ref": f"#/definitions/{hints[key].__name__}"}
        if is_dataclass(hints[key])
        else _value(hints[key], declared)
        for key, declared in keys(model).items()
        if not only or key in only
    }
    return {"description": model.__doc__, "type": "object", "properties": properties, "additionalProperties": False}


def _value(hint: Any, declared: Field[Any]) -> Schema:
    allowed = declared.metadata["allowed"]
    words = "" if allowed is None else f" Allowed: {allowed.words}."
    of_type, further = _type(hint), dict(allowed.schema) if allowed else {}
    if "items" in of_type:
        further["items"] = {**of_type["items"], **further.get("items", {})}
    described = {"description": f"{declared.metadata['doc']}{words}", "default": default(declared)}
    return {**described, **of_type, **further}


def _type(hint: Any) -> Schema:
    if not isinstance(hint, types.GenericAlias):
        return {"type": _TYPES[hint]}
    if typing.get_origin(hint) is dict:
        return {"type": "object"}
    member = typing.get_args(hint)[0]
    return {"type": "array", "items": {"type": _TYPES[typing.get_origin(member) or member]}}


if __name__ == "__main__":
    print(text(), end="")
