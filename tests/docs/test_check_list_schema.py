"""The JSON schema of the check list agrees with the parser that the hook runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import route_check
from hypothesis import given, settings
from hypothesis import strategies as st

CHECK = Path(__file__).parents[2] / "hook_rust/check"
SCHEMA = json.loads((CHECK / "check-list.schema.json").read_text())
LISTS = json.loads((CHECK / "tests/lists.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

TEXT = st.sampled_from(["", "/", "/one", "one", "/a b", "etag", "a b", "GET", "get"])
VALUE = st.one_of(st.none(), st.booleans(), st.integers(-1, 70_000), TEXT, st.just([]))
BODY = st.dictionaries(st.sampled_from(["pointer", "equals", "contains", "regex", "name"]), VALUE, max_size=3)
FIELDS = {"path": TEXT, "name": VALUE, "method": VALUE, "status": VALUE, "timeout_ms": VALUE, "other": VALUE}
ENTRY = st.fixed_dictionaries({}, optional=FIELDS | {"body": BODY | VALUE, "header": BODY | VALUE})


def parses(checks: Any) -> bool:
    try:
        route_check.validate(json.dumps(checks))
    except route_check.CheckListError:
        return False
    return True


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("checks", LISTS["taken"], ids=json.dumps)
def test_what_the_parser_takes_the_schema_takes(checks: list[Any]):
    assert parses(checks)
    assert VALIDATOR.is_valid(checks)


@pytest.mark.parametrize("example", LISTS["refused"], ids=lambda example: example["reason"])
def test_what_the_parser_refuses_the_schema_refuses(example: dict[str, Any]):
    assert not parses(example["list"])
    assert not VALIDATOR.is_valid(example["list"])


@pytest.mark.parametrize("example", LISTS["refused by the parser alone"], ids=lambda example: example["reason"])
def test_what_only_the_parser_can_tell_is_what_the_docs_name(example: dict[str, Any]):
    assert not parses(example["list"])
    assert VALIDATOR.is_valid(example["list"])


@given(st.lists(ENTRY, max_size=3))
@settings(max_examples=300, deadline=None)
def test_parser_and_schema_agree_on_any_list(checks: list[Any]):
    assert parses(checks) == VALIDATOR.is_valid(checks)


def test_the_fields_of_the_docs_are_those_of_the_schema():
    page = (CHECK.parents[1] / "docs/hook.md").read_text().split("## The check list")[1]
    named = {field for field in SCHEMA["$defs"]["check"]["properties"] if f"\n| `{field}` |" in page}
    assert named == set(SCHEMA["$defs"]["check"]["properties"])
