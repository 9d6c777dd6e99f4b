"""Revisions that an application knows."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .story import Story, appspec, inline

OF = {"applicationName": "a"}


def s3(key: str, bucket: str = "b") -> dict[str, Any]:
    return {"revisionType": "S3", "s3Location": {"bucket": bucket, "key": key, "bundleType": "YAML"}}


def keys(story: Story, **request: Any) -> list[str]:
    """Return the keys in S3 of the revisions listed, `inline` for others."""
    found = story.api("list_application_revisions", **OF, **request)["revisions"]
    return [one["s3Location"]["key"] if one["revisionType"] == "S3" else "inline" for one in found]


def register(story: Story, revision: dict[str, Any]) -> None:
    story.api("register_application_revision", **OF, revision=revision)
    story.clock.advance(1)


def test_a_revision_is_deployed_again_by_its_digest_alone(story: Story) -> None:
    story.group().deploy().end()
    shown = story.info()["revision"]
    assert "content" not in shown["appSpecContent"]
    story.deploy().end().deploy(revision=shown).end()
    assert story.info()["status"] == "Succeeded"
    assert story.account.requests[-1]["taskDefinition"] == "v2"


def test_a_digest_that_nothing_was_registered_under_is_refused(story: Story) -> None:
    unknown = {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "0" * 64}}
    with pytest.raises(Refusal) as refusal:
        story.group().deploy(revision=unknown)
    assert refusal.value.error_type == "RevisionDoesNotExistException"


def test_a_deprecated_string_is_deployed_as_well(story: Story) -> None:
    story.group().deploy(revision={"revisionType": "String", "string": {"content": appspec("v2")}}).end()
    assert story.info()["status"] == "Succeeded"
    assert set(story.info()["revision"]["string"]) == {"sha256"}


def test_revisions_are_listed_by_bucket_by_prefix_and_by_whether_they_are_live(story: Story) -> None:
    story.group().deploy().end()
    for revision in (s3("one/x"), s3("two/x"), s3("one/y", "other")):
        register(story, revision)
    assert keys(story, s3Bucket="b") == ["one/x", "two/x"]
    assert keys(story, s3Bucket="b", s3KeyPrefix="one/") == ["one/x"]
    assert keys(story, deployed="include") == ["inline"]
    assert keys(story, deployed="exclude") == ["one/x", "two/x", "one/y"]
    assert keys(story, deployed="ignore") == ["inline", "one/x", "two/x", "one/y"]


def test_revisions_are_sorted_by_a_time_in_either_order(story: Story) -> None:
    story.group()
    for key in ("x", "y"):
        story.account.objects[key] = appspec("v2").encode()
        register(story, s3(key))
    story.deploy(revision=s3("y")).end().deploy(revision=s3("x")).end()
    assert keys(story, sortBy="registerTime", sortOrder="descending") == ["y", "x"]
    assert keys(story, sortBy="firstUsedTime", sortOrder="ascending") == ["y", "x"]
    assert keys(story, sortBy="lastUsedTime", sortOrder="descending") == ["x", "y"]


def test_a_revision_is_registered_once_and_says_who_used_it(story: Story) -> None:
    story.group()
    register(story, inline(appspec("v2")))
    story.deploy(revision=inline(appspec("v2"))).end()
    (revision,) = story.api("list_application_revisions", **OF)["revisions"]
    info = story.api("get_application_revision", **OF, revision=revision)["revisionInfo"]
    assert info["deploymentGroups"] == ["g"]
    assert info["registerTime"] < info["firstUsedTime"] == info["lastUsedTime"]


@pytest.mark.parametrize(
    ("operation", "request_members", "error"),
    [
        ("list_application_revisions", {"sortBy": "size"}, "InvalidSortBy"),
        ("list_application_revisions", {"sortOrder": "any"}, "InvalidSortOrder"),
        ("list_application_revisions", {"deployed": "maybe"}, "InvalidDeployedStateFilter"),
        ("list_application_revisions", {"s3KeyPrefix": "x"}, "BucketNameFilterRequired"),
        ("register_application_revision", {}, "RevisionRequired"),
        ("register_application_revision", {"revision": {"revisionType": "GitHub"}}, "InvalidRevision"),
        ("register_application_revision", {"revision": s3("k"), "description": "x" * 513}, "DescriptionTooLong"),
        ("get_application_revision", {"revision": s3("k")}, "RevisionDoesNotExist"),
        ("get_application_revision", {"revision": {"revisionType": "S3"}}, "InvalidRevision"),
        ("batch_get_application_revisions", {"revisions": []}, "RevisionRequired"),
        ("batch_get_application_revisions", {"revisions": [s3("k")] * 26}, "BatchLimitExceeded"),
    ],
)
def test_a_wrong_question_about_revisions_is_refused(
    story: Story, operation: str, request_members: dict[str, Any], error: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        story.group().api(operation, **OF, **request_members)
    assert refusal.value.error_type == f"{error}Exception"
