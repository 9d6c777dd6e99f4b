"""Tags of applications and deployment groups."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .story import Story

APPLICATION = "arn:aws:codedeploy:us-east-1:123456789012:application:a"
GROUP = "arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:a/g"


def tags(story: Story, arn: str) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in story.api("list_tags_for_resource", ResourceArn=arn)["Tags"]}


@pytest.mark.parametrize("arn", [APPLICATION, GROUP])
def test_tags_are_put_and_taken_off(story: Story, arn: str) -> None:
    story.group().api("tag_resource", ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b"}])
    story.api("tag_resource", ResourceArn=arn, Tags=[{"Key": "a", "Value": "2"}])
    assert tags(story, arn) == {"a": "2", "b": ""}
    story.api("untag_resource", ResourceArn=arn, TagKeys=["a", "never there"])
    assert tags(story, arn) == {"b": ""}


def test_tags_stay_with_what_is_renamed(story: Story) -> None:
    story.group(tags=[{"Key": "of", "Value": "group"}])
    story.api("tag_resource", ResourceArn=APPLICATION, Tags=[{"Key": "of", "Value": "application"}])
    story.api(
        "update_deployment_group", applicationName="a", currentDeploymentGroupName="g", newDeploymentGroupName="h"
    )
    story.api("update_application", applicationName="a", newApplicationName="b")
    assert tags(story, APPLICATION[:-1] + "b") == {"of": "application"}
    assert tags(story, GROUP.replace("a/g", "b/h")) == {"of": "group"}
    assert tags(story, APPLICATION) == tags(story, GROUP) == {}


def test_tags_go_with_what_is_deleted(story: Story) -> None:
    story.group(tags=[{"Key": "k", "Value": "v"}]).api("delete_application", applicationName="a")
    assert tags(story, GROUP) == {}
    story.group()
    assert tags(story, GROUP) == {}


@pytest.mark.parametrize(
    ("arn", "given", "error"),
    [
        (None, [{"Key": "k"}], "ResourceArnRequired"),
        ("a", [{"Key": "k"}], "InvalidArn"),
        (APPLICATION[:-1], [{"Key": "k"}], "InvalidArn"),
        (APPLICATION.replace("codedeploy", "ecs"), [{"Key": "k"}], "ArnNotSupported"),
        (APPLICATION.replace("application", "instance"), [{"Key": "k"}], "ArnNotSupported"),
        (APPLICATION[:-1] + "nowhere", [{"Key": "k"}], "ApplicationDoesNotExist"),
        (GROUP.replace("a/g", "a/nowhere"), [{"Key": "k"}], "DeploymentGroupDoesNotExist"),
        (GROUP, [], "TagRequired"),
        (GROUP, [{"Value": "v"}], "InvalidTagsToAdd"),
        (GROUP, [{"Key": "aws:k"}], "InvalidTagsToAdd"),
        (GROUP, [{"Key": "k"}, {"Key": "k"}], "InvalidTagsToAdd"),
        (GROUP, [{"Key": "k" * 129}], "InvalidTagsToAdd"),
        (GROUP, [{"Key": "k", "Value": "v" * 257}], "InvalidTagsToAdd"),
        (GROUP, [{"Key": str(number)} for number in range(51)], "InvalidTagsToAdd"),
    ],
)
def test_a_wrong_tag_is_refused(story: Story, arn: str | None, given: list[dict[str, Any]], error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        story.group().api("tag_resource", ResourceArn=arn, Tags=given)
    assert refusal.value.error_type == f"{error}Exception"


def test_the_tags_of_a_resource_are_limited_over_all_calls(story: Story) -> None:
    story.group().api("tag_resource", ResourceArn=GROUP, Tags=[{"Key": str(number)} for number in range(50)])
    story.api("tag_resource", ResourceArn=GROUP, Tags=[{"Key": "0", "Value": "again"}])
    with pytest.raises(Refusal, match="at most 50"):
        story.api("tag_resource", ResourceArn=GROUP, Tags=[{"Key": "one more"}])


def test_nothing_is_made_with_a_wrong_tag(story: Story) -> None:
    wrong = [{"Key": "aws:k"}]
    with pytest.raises(Refusal, match="aws:"):
        story.api("create_application", applicationName="b", computePlatform="ECS", tags=wrong)
    with pytest.raises(Refusal, match="aws:"):
        story.group(tags=wrong)
    assert story.api("list_applications")["applications"] == ["a"]
    assert story.api("list_deployment_groups", applicationName="a")["deploymentGroups"] == []


def test_a_token_that_none_of_its_pages_gave_is_no_error_as_the_model_has_none(story: Story) -> None:
    story.group()
    assert story.api("list_tags_for_resource", ResourceArn=APPLICATION, NextToken="a")["Tags"] == []
