"""What CreateDeployment refuses at once."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .story import Story, alarms, appspec, inline, rollback_on

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
        ({"targetInstances": {"tagFilters": [{"Key": "k"}]}}, "InvalidTargetInstances"),
        ({"deploymentMode": "RESTART"}, "InvalidInput"),
        ({"deploymentMode": "NONSENSE"}, "InvalidInput"),
        ({"fileExistsBehavior": "NONSENSE"}, "InvalidFileExistsBehavior"),
        (
            {"ec2DeploymentOptions": {"autoScalingGroupProcessesToSuspend": ["Terminate"]}},
            "InvalidAutoScalingGroupProcessToSuspend",
        ),
        ({"deploymentConfigName": "a b"}, "InvalidDeploymentConfigName"),
        ({"overrideAlarmConfiguration": alarms(*map(str, range(11)))}, "AlarmsLimitExceeded"),
        ({"overrideAlarmConfiguration": alarms()}, "InvalidAlarmConfig"),
        ({"overrideAlarmConfiguration": alarms("x" * 256)}, "InvalidAlarmConfig"),
        ({"autoRollbackConfiguration": {"enabled": True, "events": ["NONSENSE"]}}, "InvalidAutoRollbackConfig"),
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
        ("list_deployments", {"applicationName": "a b", "deploymentGroupName": "g"}, "InvalidApplicationName"),
        ("list_deployments", {"applicationName": "a", "deploymentGroupName": "h"}, "DeploymentGroupDoesNotExist"),
        ("batch_get_deployments", {"deploymentIds": ["d-000000000"] * 26}, "BatchLimitExceeded"),
        ("batch_get_deployments", {"deploymentIds": ["d"]}, "InvalidDeploymentId"),
        ("batch_get_deployments", {"deploymentIds": []}, "DeploymentIdRequired"),
        ("batch_get_applications", {"applicationNames": ["a b"]}, "InvalidApplicationName"),
        ("batch_get_applications", {"applicationNames": ["nowhere"]}, "ApplicationDoesNotExist"),
        ("batch_get_applications", {"applicationNames": ["a"] * 101}, "BatchLimitExceeded"),
        ("create_application", {"applicationName": "x" * 101}, "InvalidApplicationName"),
        ("create_application", {"applicationName": "x", "computePlatform": "Kubernetes"}, "InvalidComputePlatform"),
        ("create_application", {"applicationName": "a"}, "ApplicationAlreadyExists"),
        ("update_application", {"applicationName": "a", "newApplicationName": "a"}, "ApplicationAlreadyExists"),
        ("get_deployment_instance", {"deploymentId": "d-AAAAAAAAA", "instanceId": "i"}, "DeploymentDoesNotExist"),
        ("list_on_premises_instances", {"registrationStatus": "x"}, "InvalidRegistrationStatus"),
        ("register_on_premises_instance", {"instanceName": "i"}, "IamArnRequired"),
        ("get_on_premises_instance", {}, "InstanceNameRequired"),
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


@pytest.mark.parametrize(
    ("filters", "listed"),
    [
        ({"TargetStatus": ["InProgress"]}, ["c:s"]),
        ({"TargetStatus": ["Failed", "Succeeded"]}, []),
        ({"ServerInstanceLabel": ["Blue"]}, []),
        ({"TargetStatus": ["Nonsense"]}, "InvalidInstanceStatus"),
        ({"ServerInstanceLabel": ["Red"]}, "InvalidInstanceType"),
        ({"Nonsense": []}, "InvalidTargetFilterName"),
    ],
)
def test_targets_are_filtered(story: Story, filters: dict[str, list[str]], listed: list[str] | str) -> None:
    story.group().deploy().status("InProgress")
    of = {"deploymentId": story.id, "targetFilters": filters}
    if isinstance(listed, list):
        assert story.api("list_deployment_targets", **of)["targetIds"] == listed
        return
    with pytest.raises(Refusal) as refusal:
        story.api("list_deployment_targets", **of)
    assert refusal.value.error_type == f"{listed}Exception"


def test_a_gradual_configuration_for_one_deployment_needs_an_application_load_balancer(story: Story) -> None:
    story.account.protocols["arn:production"] = "TCP"
    with pytest.raises(Refusal, match="Only ALB supports gradual traffic routing") as refusal:
        story.group().deploy(deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes")
    assert refusal.value.error_type == "InvalidTrafficRoutingConfigurationException"
    assert story.deploy(deploymentConfigName="CodeDeployDefault.ECSAllAtOnce").end().info()["status"] == "Succeeded"


def test_an_override_is_shown_and_an_empty_one_is_one(story: Story) -> None:
    story.account.alarms = {"errors": "ALARM"}
    story.group(alarmConfiguration=alarms("errors"), autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(overrideAlarmConfiguration={}, autoRollbackConfiguration={"enabled": False}).end()
    assert story.info()["status"] == "Succeeded"
    assert story.info()["overrideAlarmConfiguration"] == {}
    assert story.info()["autoRollbackConfiguration"] == {"enabled": False}


def test_deployments_are_found_by_status_by_time_and_by_external_id(story: Story) -> None:
    story.group().deploy().end()
    first, between = story.id, story.clock.now()
    story.seconds(10).deploy().stop().end()
    assert story.api("list_deployments", includeOnlyStatuses=["Stopped"])["deployments"] == [story.id]
    assert story.api("list_deployments", createTimeRange={"end": between})["deployments"] == [first]
    assert story.api("list_deployments", externalId="stack")["deployments"] == []


def test_the_termination_wait_is_skipped_also_before_it_begins(story: Story) -> None:
    story.group().deploy()
    with pytest.raises(Refusal) as refusal:
        story.api("skip_wait_time_for_instance_termination", deploymentId=story.id)
    assert refusal.value.error_type == "DeploymentNotStartedException"
    story.during("Install").api("skip_wait_time_for_instance_termination", deploymentId=story.id)
    began = story.waiting().clock.now()
    assert story.end().clock.now() - began < 5
