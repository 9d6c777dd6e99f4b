"""Applications and groups that are deleted or renamed while their deployments go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .story import Story, rollback_on

OF = {"applicationName": "a", "deploymentGroupName": "g"}


def _delete_group(story: Story) -> None:
    story.api("delete_deployment_group", **OF)


def _delete_application(story: Story) -> None:
    story.api("delete_application", applicationName="a")


@pytest.mark.parametrize(
    ("delete", "code"), [(_delete_group, "DEPLOYMENT_GROUP_MISSING"), (_delete_application, "APPLICATION_MISSING")]
)
def test_what_is_deleted_before_the_start_fails_the_deployment(
    story: Story, delete: Callable[[Story], None], code: str
) -> None:
    story.group().deploy().act(lambda: delete(story)).end()
    assert story.info()["status"] == "Failed"
    assert story.info()["errorInformation"]["code"] == code
    assert story.log == []


@pytest.mark.parametrize("delete", [_delete_group, _delete_application])
def test_a_deployment_that_has_begun_goes_on(story: Story, delete: Callable[[Story], None]) -> None:
    story.group().deploy().during("Install").act(lambda: delete(story)).end()
    assert story.info()["status"] == "Succeeded"


@pytest.mark.parametrize("delete", [_delete_group, _delete_application])
def test_a_new_group_of_the_same_name_begins_without_a_past(story: Story, delete: Callable[[Story], None]) -> None:
    story.group().deploy().end()
    delete(story)
    story.say("create_application", applicationName="a", computePlatform="ECS")
    story.api("delete_application", applicationName="a")
    story.group()
    info = story.api("get_deployment_group", **OF)["deploymentGroupInfo"]
    assert info["lastSuccessfulDeployment"] is info["lastAttemptedDeployment"] is info["targetRevision"] is None
    assert story.api("list_deployments", **OF)["deployments"] == []
    assert story.info()["status"] == "Succeeded"
    assert story.deploy().end().info()["previousRevision"] is None


def test_a_rollback_of_a_deleted_groups_deployment_is_not_the_new_groups(story: Story) -> None:
    story.group(autoRollbackConfiguration=rollback_on("STOP_ON_REQUEST")).deploy().waiting()
    _delete_application(story)
    story.stop().end()
    assert story.rollback()["status"] == "Succeeded"
    story.group()
    assert story.api("list_deployments", **OF)["deployments"] == []


def test_deleting_what_is_not_there_is_no_error(story: Story) -> None:
    _delete_group(story)
    _delete_application(story)
    story.group().api("delete_deployment_group", applicationName="a", deploymentGroupName="other")
    assert story.api("list_deployment_groups", applicationName="a")["deploymentGroups"] == ["g"]


def test_deployments_go_along_when_their_application_is_renamed(story: Story) -> None:
    story.group().deploy().during("Install")
    story.api("update_application", applicationName="a", newApplicationName="b")
    story.end()
    assert story.info()["applicationName"] == "b"
    of = {"applicationName": "b", "deploymentGroupName": "g"}
    assert story.api("list_deployments", **of)["deployments"] == story.ids
    assert story.api("get_deployment_group", **of)["deploymentGroupInfo"]["applicationName"] == "b"
