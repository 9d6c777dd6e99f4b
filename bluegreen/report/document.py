"""Evidence as a JSON document, and back; `python -m bluegreen.report.document` prints its JSON schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from .evidence import Evidence

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_ADAPTER = TypeAdapter(Evidence)


class EvidenceError(ValueError):
    """A document is no evidence; one line says where it is wrong, and how."""


def dump(evidence: Evidence) -> str:
    """Return the evidence as JSON, verdicts and totals included."""
    return json.dumps(_ADAPTER.dump_python(evidence, mode="json"), ensure_ascii=False) + "\n"


def load(text: str) -> Evidence:
    """Read what `dump` wrote.

    Raises:
        EvidenceError: it is no JSON, lacks something, has something unknown, or its totals are not those of its drills.
    """
    try:
        evidence = _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        raise EvidenceError(f"{_path(first['loc'])}: {first['msg']}; the schema says what is allowed") from None
    expected = _ADAPTER.dump_python(evidence, mode="json")
    for where, found, allowed in _differences(json.loads(text), expected):
        raise EvidenceError(f"{where}: found {found}, but by the rest of the document it is {allowed}")
    return evidence


def schema() -> dict[str, Any]:
    """Return the JSON schema of the documents that `dump` writes."""
    return {"$schema": DRAFT, **_ADAPTER.json_schema(mode="serialization")}


def schema_text() -> str:
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _differences(found: Any, expected: Any, *where: str | int) -> Iterator[tuple[str, str, str]]:
    """Yield where a document says something else than the evidence that was read from it."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            yield from _differences(found.get(key, "nothing"), expected.get(key, "nothing"), *where, key)
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for index, pair in enumerate(zip(found, expected, strict=True)):
            yield from _differences(*pair, *where, index)
    elif found != expected:
        yield _path(where), _short(found), _short(expected)


def _path(where: tuple[str | int, ...]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in where).removeprefix(".") or "document"


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) < 60 else f"{text[:56]} ..."


if __name__ == "__main__":
    print(schema_text(), end="")
