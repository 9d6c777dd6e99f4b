"""Every operation, in a release that succeeded, one that failed, one that was stopped and one that was rolled back.

`Story.api` checks each answer and each refusal against botocore's service model, and `InCbor` that CBOR has the same;
asserted here is that there is an answer, and that no operation is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.operations import OPERATIONS
from tests.loopback.simulation.simulated_account import Function

from .in_cbor import InCbor
from .service_model import MODEL, check_error, check_response
from .story import Story, alarms, appspec, inline, rollback_on, waits

CANARY = {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 25, "canaryInterval": 45}}
TRIGGER = {"triggerName": "t", "triggerTargetArn": "arn:aws:sns:x", "triggerEvents": ["DeploymentReady"]}
S3 = {"bucket": "b", "key": "k.zip", "bundleType": "zip", "eTag": "e", "version": "v"}
ARN = "arn:aws:codedeploy:us-east-1:123456789012:application:a"


def _group(story: Story, *rollback: str) -> Story:
    return story.group(
        deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
        alarmConfiguration=alarms("errors"),
        autoRollbackConfiguration=rollback_on(*rollback) if rollback else None,
        blueGreenDeploymentConfiguration=waits(termination=5, ready=10),
        triggerConfigurations=[TRIGGER],
        tags=[{"Key": "k", "Value": "v"}],
    )


def _succeeded(story: Story) -> Story:
    story.account.functions["check"] = Function()
    return _group(story).deploy({"BeforeInstall": "check"}).status("Ready").go_on().waiting().end()


def _failed(story: Story) -> Story:
    story.account.functions["check"] = Function(status="Failed")
    return _group(story).deploy({"AfterInstall": "check"}).end()


def _stopped(story: Story) -> Story:
    return _group(story).deploy().status("Ready").go_on().during("AllowTraffic").stop().end()


def _rolled_back(story: Story) -> Story:
    _group(story, "STOP_ON_REQUEST").deploy().status("Ready").go_on().during("AllowTraffic").stop()
    return story.end()


RELEASES: dict[str, Callable[[Story], Story]] = {
    "Succeeded": _succeeded,
    "Failed": _failed,
    "Stopped": _stopped,
    "Stopped and rolled back": _rolled_back,
}


def test_the_service_model_has_no_operation_that_is_missing() -> None:
    assert len(OPERATIONS) == len(MODEL.operation_names) == 47


@pytest.mark.parametrize("ending", RELEASES)
def test_every_operation_answers_as_the_service_model_has_it(story: Story, ending: str) -> None:
    story.clock.advance(0.25)  # so that a fraction of a second can be lost
    story.watchers.append(InCbor())
    RELEASES[ending](story)
    info = story.info()
    assert info["status"] == ending.split(maxsplit=1)[0]
    assert bool(info["rollbackInfo"]) == ("rolled back" in ending)
    rollback = [info["rollbackInfo"]["rollbackDeploymentId"]] if info["rollbackInfo"] else []
    for deployment_id in (story.id, *rollback):
        _read_deployment(story, deployment_id)
    _read_group(story)
    _read_revisions(story)
    _change(story)
    assert _refused(story, _calls_that_ecs_does_not_have(story.id)) == NOT_FOR_ECS
    _take_down(story)
    assert story.called == set(MODEL.operation_names)


@pytest.mark.parametrize("moment", ["Created", "BeforeInstall", "Install", "Ready", "AllowTraffic", "termination wait"])
def test_a_deployment_under_way_is_shown_as_the_service_model_has_it(story: Story, moment: str) -> None:
    _group(story).deploy()
    if moment in {"BeforeInstall", "Install"}:
        story.during(moment).seconds(6)
    elif moment != "Created":
        story.status("Ready")
    if moment in {"AllowTraffic", "termination wait"}:
        story.go_on().during("AllowTraffic").seconds(70)
    if moment == "termination wait":
        story.waiting()
    assert story.info()["deploymentOverview"] is None
    if moment == "Created":
        assert _refused(story, [("get_deployment_target", {"deploymentId": story.id, "targetId": "c:s"})]) == [
            "DeploymentNotStarted"
        ]
    else:
        _read_deployment(story, story.id)
    _read_group(story)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"deploymentInfo": {"status": "Done"}}, "none of"),
        ({"deploymentInfo": {"surprise": 1}}, "unknown"),
        ({"deploymentInfo": {"createTime": "now"}}, "no timestamp"),
        ({"deploymentInfo": {"deploymentOverview": {"Pending": True}}}, "no long"),
        ({"deploymentInfo": {"deploymentStatusMessages": "none"}}, "no list"),
        ({"deploymentInfo": []}, "no structure"),
        ({"deploymentInfo": {"applicationName": "x" * 101}}, "101 characters"),
    ],
)
def test_the_check_finds_what_is_wrong(answer: dict[str, Any], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        check_response("GetDeployment", answer)


def test_the_check_knows_the_errors_of_an_operation() -> None:
    with pytest.raises(AssertionError, match="GetDeployment has no RoleRequiredException"):
        check_error("GetDeployment", "RoleRequiredException")


def _read_deployment(story: Story, deployment_id: str) -> None:
    of = {"deploymentId": deployment_id}
    story.api("get_deployment", **of)
    assert story.api("batch_get_deployments", deploymentIds=[deployment_id])["deploymentsInfo"]
    assert deployment_id in story.api("list_deployments")["deployments"]
    (target,) = story.api("list_deployment_targets", **of)["targetIds"]
    assert story.api("get_deployment_target", targetId=target, **of)["deploymentTarget"]["ecsTarget"]
    assert story.api("batch_get_deployment_targets", targetIds=[target], **of)["deploymentTargets"]


def _read_group(story: Story) -> None:
    assert story.api("list_applications")["applications"] == ["a"]
    assert story.api("get_application", applicationName="a")["application"]
    assert story.api("batch_get_applications", applicationNames=["a"])["applicationsInfo"]
    assert story.api("list_deployment_groups", applicationName="a")["deploymentGroups"] == ["g"]
    assert story.api("get_deployment_group", applicationName="a", deploymentGroupName="g")["deploymentGroupInfo"]
    found = story.api("batch_get_deployment_groups", applicationName="a", deploymentGroupNames=["g", "none"])
    assert len(found["deploymentGroupsInfo"]) == 1
    assert "none" in found["errorMessage"]
    for name in story.api("list_deployment_configs")["deploymentConfigsList"]:
        story.api("get_deployment_config", deploymentConfigName=name)


def _read_revisions(story: Story) -> None:
    story.api(
        "register_application_revision",
        applicationName="a",
        revision={"revisionType": "S3", "s3Location": S3},
        description="d",
    )
    revisions = story.api("list_application_revisions", applicationName="a")["revisions"]
    assert len(revisions) == 2
    found = story.api("batch_get_application_revisions", applicationName="a", revisions=revisions)
    assert len(found["revisions"]) == 2
    for revision in revisions:
        assert story.api("get_application_revision", applicationName="a", revision=revision)["revision"]


def _change(story: Story) -> None:
    of = {"applicationName": "a", "currentDeploymentGroupName": "g"}
    assert story.api("update_deployment_group", newDeploymentGroupName="h", **of)["hooksNotCleanedUp"] == []
    story.api("update_application", applicationName="a", newApplicationName="b")
    story.api("update_application", applicationName="b", newApplicationName="a")
    story.api("tag_resource", ResourceArn=ARN, Tags=[{"Key": "k", "Value": "v"}])
    assert story.api("list_tags_for_resource", ResourceArn=ARN)["Tags"] == [{"Key": "k", "Value": "v"}]
    story.api("untag_resource", ResourceArn=ARN, TagKeys=["k"])
    story.api(
        "create_deployment_config", deploymentConfigName="mine", computePlatform="ECS", trafficRoutingConfig=CANARY
    )
    story.api("get_deployment_config", deploymentConfigName="mine")
    story.api("delete_deployment_config", deploymentConfigName="mine")
    again = {
        "applicationName": "a",
        "deploymentGroupName": "h",
        "revision": inline(appspec("v9", {"BeforeInstall": "f"})),
    }
    story.account.functions["f"] = Function(status=None)
    story.ids.append(story.api("create_deployment", **again)["deploymentId"])
    story.during("BeforeInstall").seconds(2).report("Succeeded").status("Ready").go_on()
    story.api("skip_wait_time_for_instance_termination", deploymentId=story.id)
    story.api("stop_deployment", deploymentId=story.id, autoRollbackEnabled=True)
    story.end()


def _calls_that_ecs_does_not_have(deployment_id: str) -> list[tuple[str, dict[str, Any]]]:
    of, instance = {"deploymentId": deployment_id}, {"instanceName": "i"}
    instances = {"instanceNames": ["i"], "tags": [{"Key": "k"}]}
    return [
        ("list_deployment_instances", of),
        ("get_deployment_instance", {**of, "instanceId": "i"}),
        ("batch_get_deployment_instances", {**of, "instanceIds": ["i"]}),
        ("register_on_premises_instance", {**instance, "iamUserArn": "arn:aws:iam::123456789012:user/u"}),
        ("get_on_premises_instance", instance),
        ("add_tags_to_on_premises_instances", instances),
        ("remove_tags_from_on_premises_instances", instances),
        ("delete_git_hub_account_token", {"tokenName": "t"}),
        ("deregister_on_premises_instance", instance),
        ("batch_get_on_premises_instances", {"instanceNames": ["i"]}),
        ("list_on_premises_instances", {}),
        ("list_git_hub_account_token_names", {}),
        ("delete_resources_by_external_id", {"externalId": "e"}),
    ]


NOT_FOR_ECS = [
    *["InvalidComputePlatform"] * 3,
    "OperationNotSupported",
    *["InstanceNotRegistered"] * 3,
    "GitHubAccountTokenDoesNotExist",
    *[""] * 5,
]


def _refused(story: Story, calls: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return list(_errors(story, calls))


def _errors(story: Story, calls: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    for operation, request in calls:
        try:
            story.api(operation, **request)
        except Refusal as refusal:
            yield refusal.error_type.removesuffix("Exception")
        else:
            yield ""


def _take_down(story: Story) -> None:
    group = {"applicationName": "a", "deploymentGroupName": "h"}
    assert story.api("delete_deployment_group", **group)["hooksNotCleanedUp"] == []
    story.api("delete_application", applicationName="a")
    assert story.api("list_applications")["applications"] == []
