"""validate refuses what the hook would refuse, and says where."""

from __future__ import annotations

from typing import Any

import pytest
from route_check import CheckListError, validate


def test_a_usable_list_is_taken_in_every_form() -> None:
    check = {"path": "/one", "status": 200, "header": {"name": "content-type", "contains": "json"}}
    for checks in ([check], (check,), '[{"path": "/one"}]'):
        validate(checks)


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ([], "the list is empty"),
        ("{", "no JSON"),
        ([{"path": object()}], "no JSON: TypeError: Object of type object is not JSON serializable"),
        (
            [{"path": "/one"}, {"path": "two"}],
            r'check 1 \(two\): path: found "two", allowed: a path that starts with /',
        ),
        ([{"name": "home", "path": "/", "statuss": 1}], r"check 0 \(home\): statuss: unknown field"),
        ([{"path": "/", "body": {"regex": "("}}], r"check 0 \(/\): body.regex: found"),
    ],
)
def test_a_bad_list_is_refused_with_check_and_field(checks: Any, message: str) -> None:
    with pytest.raises(CheckListError, match=message) as refused:
        validate(checks)
    assert isinstance(refused.value, ValueError)
