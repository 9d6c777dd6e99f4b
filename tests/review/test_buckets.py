"""Buckets, and so the states in them."""

from __future__ import annotations

import pytest

from tests.review.plans import CREATE, DELETE, REPLACE, resource, rules_broken, updated

BUCKET, VERSIONS = "aws_s3_bucket.state", "aws_s3_bucket_versioning.state"
ON, OFF = ([{"status": status}] for status in ("Enabled", "Suspended"))


@pytest.mark.parametrize("actions", [DELETE, REPLACE])
def test_a_bucket_is_neither_destroyed_nor_replaced(actions: list[str]) -> None:
    assert rules_broken(resource(BUCKET, actions, {"bucket": "states"}, {"bucket": "other"})) == ["buckets"]


def test_a_destroy_must_not_begin_to_take_the_objects_along() -> None:
    assert rules_broken(updated(BUCKET, {"force_destroy": False}, force_destroy=True)) == ["buckets"]
    assert rules_broken(updated(BUCKET, {"force_destroy": True}, force_destroy=False)) == []
    assert rules_broken(updated(BUCKET, {"force_destroy": True, "tags": {}}, tags={"a": "b"})) == []


def test_versions_are_kept() -> None:
    assert rules_broken(resource(VERSIONS, DELETE, {"versioning_configuration": ON})) == ["buckets"]
    assert rules_broken(updated(VERSIONS, {"versioning_configuration": ON}, versioning_configuration=OFF)) == [
        "buckets"
    ]
    assert rules_broken(updated(VERSIONS, {"versioning_configuration": OFF}, versioning_configuration=ON)) == []


def test_a_new_bucket_passes() -> None:
    assert rules_broken(resource(BUCKET, CREATE, None, {"force_destroy": True})) == []
