"""Judges lines of `--json` by docs/release-events.schema.json, which must know every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

PROJECT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads((PROJECT / "docs" / "release-events.schema.json").read_text())
KINDS = frozenset(SCHEMA["$defs"]) - {"time", "shares"}


def check(text: str) -> list[dict[str, Any]]:
    """Return the events in an output, each of which the schema must describe, field for field."""
    events = [json.loads(line) for line in text.splitlines()]
    for event in events:
        assert event["event"] in KINDS, f"{event['event']} is not in the schema"
        said = {**SCHEMA["$defs"][event["event"]], "$defs": SCHEMA["$defs"]}
        wrong = [one.message for one in _validator(said).iter_errors(event)]
        unknown = sorted(event.keys() - said["properties"].keys())
        assert not wrong, f"{event['event']}: {wrong} in {event}"
        assert not unknown, f"{event['event']}: the schema does not know {unknown}"
    return events


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
