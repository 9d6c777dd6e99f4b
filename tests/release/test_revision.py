from typing import Any

import pytest

from bluegreen.release import revision
from bluegreen.release.errors import ReleaseError

REGISTERABLE = frozenset({"family", "containerDefinitions", "cpu", "memory"})


def template(**container: Any) -> dict[str, Any]:
    return {
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:1",
        "family": "rust-blue-green",
        "revision": 1,
        "status": "ACTIVE",
        "cpu": "256",
        "containerDefinitions": [{"name": "rust-api", "image": "old", **container}, {"name": "log", "image": "other"}],
    }


def candidate(of: dict[str, Any], image: str = "new@sha256:1") -> dict[str, Any]:
    return revision.candidate(of, registerable=REGISTERABLE, container="rust-api", image=image)


def test_only_what_can_be_registered_is_copied() -> None:
    assert set(candidate(template())) == {"family", "cpu", "containerDefinitions"}


def test_only_the_named_container_gets_the_image() -> None:
    images = [one["image"] for one in candidate(template())["containerDefinitions"]]
    assert images == ["new@sha256:1", "other"]


def test_the_template_itself_is_left_alone() -> None:
    before = template()
    candidate(before)
    assert before == template()


def test_a_container_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ReleaseError, match="rust-blue-green:1 has no container api, it has: rust-api, log"):
        revision.candidate(template(), registerable=REGISTERABLE, container="api", image="x")


def test_equal_revisions_differ_in_nothing() -> None:
    assert revision.differences(candidate(template()), candidate(template())) == ()


def test_another_image_or_size_is_a_difference() -> None:
    bigger = {**candidate(template(), "newer"), "cpu": "512"}
    assert revision.differences(candidate(template()), bigger) == ("containerDefinitions", "cpu")


def test_what_ecs_fills_in_and_reorders_is_no_difference() -> None:
    one = candidate(template(mountPoints=[], environment=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]))
    other = candidate(template(environment=[{"name": "B", "value": "2"}, {"name": "A", "value": "1"}]))
    assert revision.differences(one, other) == ()


def test_the_order_of_a_commands_words_is_a_difference() -> None:
    one, other = candidate(template(command=["a", "b"])), candidate(template(command=["b", "a"]))
    assert revision.differences(one, other) == ("containerDefinitions",)
