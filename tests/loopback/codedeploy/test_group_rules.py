"""What a deployment group must be, in AWS's words."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal
from tests.loopback.simulation.faults import refused

from .story import Story, alarms, group_request, pair, waits

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"

CONTINUE_AND_WAIT = {"deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 5}}
KEEP = {"terminateBlueInstancesOnDeploymentSuccess": {"action": "KEEP_ALIVE"}}


def trigger(**changes: Any) -> dict[str, Any]:
    """Return a triggerConfiguration."""
    return {"triggerName": "t", "triggerTargetArn": "arn:aws:sns:x", "triggerEvents": ["DeploymentStart"], **changes}


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        (
            {"deploymentStyle": {"deploymentType": "IN_PLACE", "deploymentOption": "WITH_TRAFFIC_CONTROL"}},
            "InvalidDeploymentStyle",
            "For ECS deployment, the deployment type must be BLUE_GREEN, and deployment option must be "
            "WITH_TRAFFIC_CONTROL.",
        ),
        (
            {"loadBalancerInfo": None},
            "InvalidLoadBalancerInfo",
            "For ECS deployment group, loadBalancerInfo must be specified",
        ),
        (
            {"loadBalancerInfo": {"elbInfoList": [{"name": "x"}]}},
            "InvalidLoadBalancerInfo",
            "For ECS deployment group, loadBalancerInfo must not contain elbInfo list",
        ),
        (
            {"loadBalancerInfo": {"targetGroupInfoList": [{"name": "x"}]}},
            "InvalidLoadBalancerInfo",
            "For ECS deployment group, loadBalancerInfo must not contain targetGroupInfo list",
        ),
        (
            {"loadBalancerInfo": pair(names=("blue",))},
            "InvalidTargetGroupPair",
            "must contain a valid pair of target groups that identify a load balancer",
        ),
        (
            {"blueGreenDeploymentConfiguration": None},
            "InvalidBlueGreenDeploymentConfiguration",
            "For ECS deployment group, blueGreenDeploymentConfiguration must be specified",
        ),
        (
            {"blueGreenDeploymentConfiguration": CONTINUE_AND_WAIT},
            "InvalidBlueGreenDeploymentConfiguration",
            "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified",
        ),
        ({"blueGreenDeploymentConfiguration": KEEP}, "InvalidBlueGreenDeploymentConfiguration", "TERMINATE"),
        (
            {"blueGreenDeploymentConfiguration": waits(termination=2881)},
            "InvalidBlueGreenDeploymentConfiguration",
            "2880",
        ),
        (
            {"autoScalingGroups": ["x"]},
            "InvalidAutoScalingGroup",
            "For ECS deployment group, autoScalingGroups can not be specified",
        ),
        ({"ec2TagFilters": [{"Key": "k"}]}, "InvalidEC2Tag", "ec2TagFilters can not be specified"),
        ({"ec2TagSet": {"ec2TagSetList": [[{"Key": "k"}]]}}, "InvalidEC2TagCombination", "ec2TagSet can not be"),
        ({"onPremisesInstanceTagFilters": [{"Key": "k"}]}, "InvalidTag", "onPremisesInstanceTagFilters can not be"),
        ({"onPremisesTagSet": {"onPremisesTagSetList": []}}, "InvalidOnPremisesTagCombination", "can not be specified"),
        ({"outdatedInstancesStrategy": "X"}, "InvalidInput", "UPDATE, IGNORE"),
        ({"triggerConfigurations": [trigger(triggerEvents=["X"])]}, "InvalidTriggerConfig", "DeploymentStart"),
        ({"triggerConfigurations": [trigger(triggerEvents=[])]}, "InvalidTriggerConfig", "needs events"),
        ({"triggerConfigurations": [trigger(triggerTargetArn="x")]}, "InvalidTriggerConfig", "ARN of an SNS topic"),
        ({"triggerConfigurations": [trigger(), trigger()]}, "InvalidTriggerConfig", "a name of its own"),
        ({"triggerConfigurations": [trigger(triggerName="")]}, "InvalidTriggerConfig", "a name of its own"),
        (
            {"triggerConfigurations": [trigger(triggerName=str(n)) for n in range(11)]},
            "TriggerTargetsLimitExceeded",
            "10",
        ),
        ({"ecsServices": []}, "InvalidECSService", "exactly one ECS service"),
        (
            {"ecsServices": [{"clusterName": "c", "serviceName": "nowhere"}]},
            "InvalidECSService",
            "Could not load ECS service information for cluster: c, service: nowhere. Cause:",
        ),
        ({"deploymentConfigName": "Nonsense"}, "DeploymentConfigDoesNotExist", "Nonsense"),
        ({"deploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce"}, "InvalidDeploymentConfigName", "Lambda"),
        ({"alarmConfiguration": alarms(*map(str, range(11)))}, "AlarmsLimitExceeded", "10"),
        ({"alarmConfiguration": alarms()}, "InvalidAlarmConfig", "no alarms"),
        ({"alarmConfiguration": alarms("a", "a")}, "InvalidAlarmConfig", "twice"),
        ({"autoRollbackConfiguration": {"enabled": True, "events": []}}, "InvalidAutoRollbackConfig", "no events"),
        ({"autoRollbackConfiguration": {"enabled": True, "events": ["X"]}}, "InvalidAutoRollbackConfig", "X"),
        ({"deploymentGroupName": "a/b"}, "InvalidDeploymentGroupName", "a/b"),
        ({"applicationName": "other"}, "ApplicationDoesNotExist", "other"),
    ],
)
def test_a_wrong_group_is_refused(story: Story, changes: dict[str, Any], error: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        story.group(**changes)
    assert refusal.value.error_type == f"{error}Exception"
    assert words in refusal.value.message
    assert story.backend.ledger.application("a").groups == {}


def test_a_service_with_another_controller_is_refused(story: Story) -> None:
    story.account.controller = "ECS"
    with pytest.raises(Refusal, match="Deployment group's ECS service must be configured for a CODE_DEPLOY deployment"):
        story.group()


def test_a_role_that_may_not_read_the_service_is_refused(story: Story) -> None:
    story.account.faults["DescribeServices"] = [refused("AccessDeniedException", "not authorized")]
    with pytest.raises(Refusal, match=r"Could not load ECS service information .* Cause: not authorized"):
        story.group()


def test_a_service_is_in_one_group_only(story: Story) -> None:
    story.group()
    with pytest.raises(Refusal) as refusal:
        story.api("create_deployment_group", **group_request(deploymentGroupName="other"))
    assert refusal.value.error_type == "ECSServiceMappingLimitExceededException"


def test_a_service_is_in_one_group_only_also_when_two_are_made_at_once(story: Story) -> None:
    story.api("create_application", applicationName="a", computePlatform="ECS")
    story.account.meanwhile["DescribeServices"] = lambda: story.api("create_deployment_group", **group_request())
    with pytest.raises(Refusal) as refusal:
        story.api("create_deployment_group", **group_request(deploymentGroupName="other"))
    assert refusal.value.error_type == "ECSServiceMappingLimitExceededException"
    assert list(story.backend.ledger.application("a").groups) == ["g"]


def test_a_group_that_is_deleted_while_it_is_updated_is_not_there(story: Story) -> None:
    names = {"applicationName": "a", "deploymentGroupName": "g"}
    story.group()
    story.account.meanwhile["DescribeServices"] = lambda: story.api("delete_deployment_group", **names)
    with pytest.raises(Refusal) as refusal:
        story.api("update_deployment_group", applicationName="a", currentDeploymentGroupName="g")
    assert refusal.value.error_type == "DeploymentGroupDoesNotExistException"


def test_an_update_leaves_the_weights_of_a_release_under_way(story: Story) -> None:
    story.group(deploymentConfigName=CANARY).deploy().during("AllowTraffic").seconds(5)
    assert story.account.weights() == {"blue": 90, "green": 10}
    story.api(
        "update_deployment_group",
        applicationName="a",
        currentDeploymentGroupName="g",
        alarmConfiguration={"enabled": False, "alarms": []},
    )
    assert story.account.weights() == {"blue": 90, "green": 10}
    assert story.end().info()["status"] == "Succeeded"
    assert story.account.weights() == {"green": 100}


def test_a_name_is_taken_once(story: Story) -> None:
    story.group()
    with pytest.raises(Refusal) as refusal:
        story.api("create_deployment_group", **group_request())
    assert refusal.value.error_type == "DeploymentGroupAlreadyExistsException"


def test_the_waits_are_numbers_also_where_none_was_given(story: Story) -> None:
    story.group(blueGreenDeploymentConfiguration={"deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"}})
    info = _info(story)
    configuration = info["blueGreenDeploymentConfiguration"]
    assert configuration["deploymentReadyOption"]["waitTimeInMinutes"] == 0
    assert configuration["terminateBlueInstancesOnDeploymentSuccess"]["terminationWaitTimeInMinutes"] == 0
    assert info["deploymentConfigName"] == "CodeDeployDefault.ECSAllAtOnce"
    assert info["computePlatform"] == "ECS"


def test_an_update_replaces_what_is_given_and_keeps_the_rest(story: Story) -> None:
    story.group(alarmConfiguration=alarms("x")).deploy().end()
    story.api(
        "update_deployment_group",
        applicationName="a",
        currentDeploymentGroupName="g",
        newDeploymentGroupName="renamed",
        alarmConfiguration={"enabled": False, "alarms": []},
    )
    info = _info(story, "renamed")
    assert info["alarmConfiguration"] == {"enabled": False, "alarms": []}
    assert info["ecsServices"] == [{"clusterName": "c", "serviceName": "s"}]
    assert info["lastSuccessfulDeployment"]["deploymentId"] == story.id
    assert story.info()["deploymentGroupName"] == "renamed"


def test_an_update_to_a_gradual_shift_writes_both_groups_into_the_listener(story: Story) -> None:
    story.group()
    story.api(
        "update_deployment_group",
        applicationName="a",
        currentDeploymentGroupName="g",
        deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
    )
    assert story.log == ["production: blue 100, green 0"]


def test_a_group_shows_its_last_deployments(story: Story) -> None:
    story.group().deploy().end()
    first = story.id
    story.deploy()
    info = _info(story)
    assert info["lastSuccessfulDeployment"]["deploymentId"] == first
    assert info["lastAttemptedDeployment"] == {
        "deploymentId": story.id,
        "status": "Created",
        "endTime": None,
        "createTime": story.deployment.created,
    }
    assert info["targetRevision"] == story.info(first)["revision"]


def _info(story: Story, name: str = "g") -> dict[str, Any]:
    found = story.api("get_deployment_group", applicationName="a", deploymentGroupName=name)
    return found["deploymentGroupInfo"]
