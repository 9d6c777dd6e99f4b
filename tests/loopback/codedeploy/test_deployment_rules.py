"""What CreateDeployment refuses at once."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .story import Story, alarms, appspec, inline

GOOD = appspec("v2")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"applicationName": None}, "ApplicationNameRequired"),
        ({"applicationName": "a b"}, "InvalidApplicationName"),
        ({"applicationName": "other"}, "ApplicationDoesNotExist"),
        ({"deploymentGroupName": None}, "DeploymentGroupNameRequired"),
        ({"deploymentGroupName": "other"}, "DeploymentGroupDoesNotExist"),
        ({"revision": None}, "RevisionRequired"),
        ({"revision": {"revisionType": "GitHub"}}, "InvalidRevision"),
        ({"revision": {"revisionType": "S3", "s3Location": {"bucket": "b"}}}, "InvalidRevision"),
        ({"revision": inline("Resources: {")}, "InvalidRevision"),
        ({"revision": inline("version: 0.0")}, "InvalidRevision"),
        (
            {"revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": GOOD, "sha256": "00"}}},
            "InvalidRevision",
        ),
        ({"deploymentConfigName": "Nonsense"}, "DeploymentConfigDoesNotExist"),
        ({"deploymentConfigName": "CodeDeployDefault.OneAtATime"}, "InvalidComputePlatform"),
        ({"description": "x" * 513}, "DescriptionTooLong"),
        ({"ignoreApplicationStopFailures": True}, "InvalidIgnoreApplicationStopFailuresValue"),
        ({"updateOutdatedInstancesOnly": True}, "InvalidUpdateOutdatedInstancesOnlyValue"),
        ({"targetInstances": {"autoScalingGroups": ["x"]}}, "InvalidTargetInstances"),
        ({"deploymentMode": "RESTART"}, "InvalidInput"),
        ({"overrideAlarmConfiguration": alarms("a", "a")}, "InvalidAlarmConfig"),
        ({"autoRollbackConfiguration": {"enabled": True}}, "InvalidAutoRollbackConfig"),
    ],
)
def test_a_wrong_deployment_is_refused(story: Story, changes: dict[str, Any], error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        story.group().deploy(**changes)
    assert refusal.value.error_type == f"{error}Exception"
    assert story.backend.ledger.deployments == {}


@pytest.mark.parametrize(
    ("operation", "request_members", "error"),
    [
        ("get_deployment", {}, "DeploymentIdRequired"),
        ("get_deployment", {"deploymentId": "x"}, "InvalidDeploymentId"),
        ("get_deployment", {"deploymentId": "d-AAAAAAAAA"}, "DeploymentDoesNotExist"),
        ("list_deployments", {"applicationName": "a"}, "DeploymentGroupNameRequired"),
        ("list_deployments", {"deploymentGroupName": "g"}, "ApplicationNameRequired"),
        ("list_deployments", {"includeOnlyStatuses": ["Done"]}, "InvalidDeploymentStatus"),
        ("list_deployments", {"createTimeRange": {"start": 2.0, "end": 1.0}}, "InvalidTimeRange"),
        ("list_deployments", {"nextToken": "x"}, "InvalidNextToken"),
        ("batch_get_deployments", {"deploymentIds": ["d"] * 26}, "BatchLimitExceeded"),
    ],
)
def test_a_wrong_question_is_refused(story: Story, operation: str, request_members: dict[str, Any], error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        story.group().api(operation, **request_members)
    assert refusal.value.error_type == f"{error}Exception"


def test_the_newest_deployment_is_listed_first(story: Story) -> None:
    story.group().deploy().end().deploy().end()
    assert story.api("list_deployments")["deployments"] == story.ids[::-1]
    assert story.api("list_deployments", includeOnlyStatuses=["Failed"])["deployments"] == []
    later = {"start": story.deployment.created}
    assert story.api("list_deployments", createTimeRange=later)["deployments"] == [story.id]


def test_targets_are_not_there_before_the_start_and_are_one_after(story: Story) -> None:
    story.group().deploy()
    with pytest.raises(Refusal) as refusal:
        story.api("list_deployment_targets", deploymentId=story.id)
    assert refusal.value.error_type == "DeploymentNotStartedException"
    story.status("InProgress")
    assert story.api("list_deployment_targets", deploymentId=story.id)["targetIds"] == ["c:s"]


@pytest.mark.parametrize(
    ("ids", "error"),
    [
        ([], "DeploymentTargetIdRequired"),
        (["x:y"], "DeploymentTargetDoesNotExist"),
        (["c:s", "c:s"], "DeploymentTargetListSizeExceeded"),
    ],
)
def test_a_wrong_target_is_refused(story: Story, ids: list[str], error: str) -> None:
    story.group().deploy().status("InProgress")
    with pytest.raises(Refusal) as refusal:
        story.api("batch_get_deployment_targets", deploymentId=story.id, targetIds=ids)
    assert refusal.value.error_type == f"{error}Exception"
