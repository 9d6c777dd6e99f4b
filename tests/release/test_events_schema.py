"""The schema of the JSON events knows every kind that is told; live tests judge the events of real releases by it."""

from __future__ import annotations

import io
import json
import re

import pytest
from jsonschema import Draft202012Validator, ValidationError

from bluegreen.release import report
from tests.release.events_schema import KINDS, PROJECT, SCHEMA, check
from tests.release.player import story

PAGE = (PROJECT / "docs" / "releases.md").read_text()


def test_the_schema_is_a_schema_and_offers_every_kind() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert {one["$ref"] for one in SCHEMA["oneOf"]} == {f"#/$defs/{kind}" for kind in KINDS}


def test_every_kind_that_is_told_is_in_the_schema_and_no_other() -> None:
    source = "".join(file.read_text() for file in (PROJECT / "bluegreen" / "release").rglob("*.py"))
    assert set(re.findall(r'kind="([a-z-]+)"', source)) == KINDS


def test_the_page_names_every_field() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (.*) \|$", PAGE, flags=re.MULTILINE))
    fields = {kind: SCHEMA["$defs"][kind]["properties"].keys() - {"event", "at"} for kind in KINDS}
    missing = {kind: sorted(one for one in fields[kind] if f"`{one}`" not in rows.get(kind, "")) for kind in KINDS}
    assert {kind: names for kind, names in missing.items() if names} == {}


def test_a_field_that_is_missing_or_wrong_is_refused() -> None:
    line = {"event": "status", "at": "2026-11-25T10:00:00+00:00", "deployment_id": "d-1", "status": "Created"}
    Draft202012Validator(SCHEMA).validate(line)
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate({**line, "status": 1})
    with pytest.raises(AssertionError, match="does not know"):
        check(json.dumps({**line, "more": 1}))


def test_times_are_iso_8601() -> None:
    stream = io.StringIO()
    for event in story():
        if event.kind in ("watching", "lifecycle"):
            report.JsonLines(stream).tell(event)
    assert {one["event"] for one in check(stream.getvalue())} == {"watching", "lifecycle"}
