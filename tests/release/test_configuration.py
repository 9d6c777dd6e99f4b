"""What differs between two revisions is named, and no value that may be a secret is."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.release.configuration import changes


def revision(**container: Any) -> dict[str, Any]:
    return {"cpu": "256", "containerDefinitions": [{"name": "api", "image": "one", **container}]}


def words(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [str(one) for one in changes(before, after)]


def variable(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def test_equal_revisions_have_no_changes_whatever_ecs_adds() -> None:
    before = revision(environment=[variable("A", "1"), variable("B", "2")], secrets=[], cpu=None)
    after = revision(environment=[variable("B", "2"), variable("A", "1")], mountPoints=[])
    assert changes(before, after) == ()


def test_plain_fields_are_told_with_both_values() -> None:
    assert words({**revision(), "memory": "512"}, {**revision(image="two"), "cpu": "512"}) == [
        "cpu 256 -> 512",
        "memory 512 -> (none)",
        "image one -> two",
    ]


def test_environment_variables_are_told_by_name_alone() -> None:
    before = revision(environment=[variable("GONE", "hunter1"), variable("OTHER", "hunter2")])
    after = revision(environment=[variable("NEW", "hunter3"), variable("OTHER", "hunter4")])
    found = changes(before, after)
    assert [str(one) for one in found] == [
        "environment variable GONE removed",
        "environment variable NEW added",
        "environment variable OTHER changed",
    ]
    assert "hunter" not in repr(found)


@pytest.mark.parametrize("name", ["command", "entryPoint", "logConfiguration", "dockerLabels"])
def test_fields_of_several_parts_may_hold_a_secret_as_well(name: str) -> None:
    found = changes(revision(**{name: ["hunter1"]}), revision(**{name: ["hunter2"]}))
    assert [str(one) for one in found] == [f"{name} changed"]
    assert "hunter" not in repr(found)


def test_a_secret_is_told_with_where_it_lies() -> None:
    before, after = ([{"name": "TOKEN", "valueFrom": f"arn:aws:ssm:::parameter/{one}"}] for one in "ab")
    assert words(revision(secrets=before), revision(secrets=after)) == [
        "secret TOKEN arn:aws:ssm:::parameter/a -> arn:aws:ssm:::parameter/b"
    ]


def test_of_several_containers_each_change_names_its_own() -> None:
    before = {"containerDefinitions": [{"name": "api", "cpu": 1}, {"name": "proxy", "cpu": 1}]}
    after = {"containerDefinitions": [{"name": "api", "cpu": 2}, {"name": "agent", "cpu": 1}]}
    assert words(before, after) == [
        "container agent (none) -> there",
        "api: cpu 1 -> 2",
        "container proxy there -> (none)",
    ]
