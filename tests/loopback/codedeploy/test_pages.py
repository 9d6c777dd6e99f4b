"""Long lists come in pages."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .story import Story, appspec, inline

COUNT = 150


def _applications(story: Story) -> tuple[str, str, dict[str, Any]]:
    for number in range(COUNT):
        story.api("create_application", applicationName=f"a{number}", computePlatform="ECS")
    return "list_applications", "applications", {}


def _revisions(story: Story) -> tuple[str, str, dict[str, Any]]:
    story.api("create_application", applicationName="a", computePlatform="ECS")
    for number in range(COUNT):
        revision = inline(appspec(f"v{number}"))
        story.api("register_application_revision", applicationName="a", revision=revision)
    return "list_application_revisions", "revisions", {"applicationName": "a"}


def _configurations(story: Story) -> tuple[str, str, dict[str, Any]]:
    for number in range(COUNT - 17):
        story.api("create_deployment_config", deploymentConfigName=f"c{number}", computePlatform="ECS")
    return "list_deployment_configs", "deploymentConfigsList", {}


def _deployments(story: Story) -> tuple[str, str, dict[str, Any]]:
    story.group()
    for _ in range(COUNT):
        story.deploy().stop().tick(5)
        story.end()
    return "list_deployments", "deployments", {"applicationName": "a", "deploymentGroupName": "g"}


LISTS = [_applications, _revisions, _configurations, _deployments]


@pytest.mark.parametrize("fill", LISTS)
def test_a_list_is_whole_over_its_pages(story: Story, fill: Callable[[Story], tuple[str, str, dict[str, Any]]]) -> None:
    operation, key, request = fill(story)
    first = story.api(operation, **request)
    second = story.api(operation, nextToken=first["nextToken"], **request)
    assert (len(first[key]), len(second[key])) == (100, COUNT - 100)
    assert second["nextToken"] is None
    assert len({json.dumps(item) for item in first[key] + second[key]}) == COUNT


def test_the_newest_deployments_come_first_and_a_newer_one_moves_no_page(story: Story) -> None:
    operation, key, request = _deployments(story)
    first = story.api(operation, **request)
    assert first[key] == story.ids[:-101:-1]
    before = list(story.ids)
    story.deploy()
    assert story.api(operation, nextToken=first["nextToken"], **request)[key] == before[-101::-1]


def test_a_page_goes_on_where_the_last_item_is_no_longer_wanted(story: Story) -> None:
    operation, key, request = _deployments(story)
    first = story.api(operation, includeOnlyStatuses=["Stopped"], **request)
    second = story.api(operation, includeOnlyStatuses=["Failed", "Stopped"], nextToken=first["nextToken"], **request)
    assert len(second[key]) == 50


def test_a_page_goes_on_where_the_last_item_is_deleted(story: Story) -> None:
    operation, key, request = _applications(story)
    first = story.api(operation, **request)
    story.api("delete_application", applicationName=first[key][-1])
    assert story.api(operation, nextToken=first["nextToken"], **request)[key][0] == "a100"


@pytest.mark.parametrize("token", ["x", "00000100", base64.b64encode(b'["other", "a", 1]').decode(), "[]", "WzEsMl0="])
@pytest.mark.parametrize(
    ("operation", "request_members"),
    [
        ("list_applications", {}),
        ("list_application_revisions", {"applicationName": "a"}),
        ("list_deployment_groups", {"applicationName": "a"}),
        ("list_deployment_configs", {}),
        ("list_deployments", {}),
        ("list_on_premises_instances", {}),
        ("list_git_hub_account_token_names", {}),
    ],
)
def test_a_token_of_somewhere_else_is_refused(
    story: Story, operation: str, request_members: dict[str, Any], token: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        story.group().api(operation, nextToken=token, **request_members)
    assert refusal.value.error_type == "InvalidNextTokenException"
