"""What AWS's own client sees, and a release with every part real."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .live_stage import GROUP, LiveStage
from .story import alarms, appspec, inline, rollback_on, waits

Eventually = Callable[..., None]


def test_a_true_release_waits_for_its_hook_and_is_rolled_back_when_stopped(
    live: LiveStage, eventually: Eventually
) -> None:
    live.start(autoRollbackConfiguration=rollback_on("STOP_ON_REQUEST"))
    eventually(lambda: live.answer(8000) == "1")
    hook = live.function("Succeeded")
    first = live.deploy(appspec(live.version("2"), {"BeforeAllowTraffic": hook}))
    eventually(lambda: live.info(first)["status"] == "InProgress")
    eventually(lambda: live.events(first)["BeforeAllowTraffic"] == "InProgress")
    assert (live.answer(8000), live.answer(8080)) == ("1", "2")
    live.gate.touch()
    eventually(lambda: live.info(first)["status"] == "Succeeded")
    assert (live.answer(8000), live.answer(8080)) == ("2", "2")

    second = live.deploy(appspec(live.version("3")))
    eventually(lambda: live.info(second).get("instanceTerminationWaitTimeStarted"))
    assert live.answer(8000) == "3"
    live.codedeploy.stop_deployment(deploymentId=second)
    eventually(lambda: live.info(second)["status"] == "Stopped")
    assert (live.answer(8000), live.answer(8080)) == ("2", "2")
    rollback = live.info(second)["rollbackInfo"]["rollbackDeploymentId"]
    assert live.info(rollback)["status"] == "Succeeded"
    assert live.codedeploy.list_deployments(**GROUP)["deployments"] == [rollback, second, first]


def test_a_group_keeps_what_it_was_given(live: LiveStage) -> None:
    given = {
        "deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "alarmConfiguration": alarms("errors", ignorePollAlarmFailure=True),
        "autoRollbackConfiguration": rollback_on("FAILURE", "STOP_ON_ALARM"),
        "triggerConfigurations": [
            {"triggerName": "t", "triggerTargetArn": "arn:aws:sns:x", "triggerEvents": ["DeploymentReady"]}
        ],
        "blueGreenDeploymentConfiguration": waits(termination=7, ready=9),
    }
    live.start(tasks=0, **given)
    info = live.codedeploy.get_deployment_group(**GROUP)["deploymentGroupInfo"]
    assert {key: info[key] for key in given} == given
    assert info["computePlatform"] == "ECS"
    assert info["ecsServices"] == [{"clusterName": "c", "serviceName": "s"}]
    (listener,) = live.elb.describe_listeners(ListenerArns=[live.listeners[8000]])["Listeners"]
    weights = [group["Weight"] for group in listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]]
    assert weights == [100, 0]


def test_an_alarm_that_is_red_stops_a_release(live: LiveStage, eventually: Eventually) -> None:
    live.start(tasks=0, alarmConfiguration=alarms("errors"))
    cloudwatch = live.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        MetricName="HTTPCode_ELB_5XX_Count",
        Namespace="AWS/ApplicationELB",
        Period=60,
        Statistic="Sum",
        Threshold=0,
        TreatMissingData="breaching",  # else the next evaluation takes back what it is told below
    )
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="told so")
    release = live.deploy(appspec(live.version("2")))
    eventually(lambda: live.info(release)["status"] == "Stopped")
    assert live.info(release)["errorInformation"]["message"].endswith("Activated alarms: <errors>")


def test_errors_are_the_modelled_ones_with_their_texts(live: LiveStage) -> None:
    errors = live.codedeploy.exceptions
    with pytest.raises(errors.ApplicationDoesNotExistException):
        live.codedeploy.get_application(applicationName="a")
    live.start(tasks=0)
    with pytest.raises(errors.DeploymentDoesNotExistException):
        live.codedeploy.get_deployment(deploymentId="d-000000000")
    with pytest.raises(errors.InvalidRevisionException):
        live.codedeploy.create_deployment(**GROUP, revision=inline("nonsense"))
    first = live.deploy(appspec(live.version("2")))
    with pytest.raises(errors.DeploymentLimitExceededException) as refusal:
        live.deploy(appspec(live.version("3")))
    words = f"The Deployment Group 'g' already has an active Deployment '{first}'"
    assert refusal.value.response["Error"]["Message"] == words
    with pytest.raises(errors.InvalidLifecycleEventHookExecutionIdException):
        live.codedeploy.put_lifecycle_event_hook_execution_status(
            deploymentId=first, lifecycleEventHookExecutionId="foreign", status="Succeeded"
        )


def test_nothing_is_left_after_all_is_deleted(live: LiveStage) -> None:
    live.start(tasks=0, tags=[{"Key": "k", "Value": "v"}])
    arn = f"arn:aws:codedeploy:{live.codedeploy.meta.region_name}:123456789012:deploymentgroup:a/g"
    assert live.codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "k", "Value": "v"}]
    assert live.codedeploy.delete_deployment_group(**GROUP)["hooksNotCleanedUp"] == []
    live.codedeploy.delete_application(applicationName="a")
    assert live.codedeploy.list_applications()["applications"] == []
    assert live.codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"] == []


def test_application_revisions_are_found_by_their_digest(live: LiveStage) -> None:
    live.codedeploy.create_application(applicationName="a", computePlatform="ECS")
    live.codedeploy.register_application_revision(applicationName="a", revision=inline(appspec("x")), description="d")
    (listed,) = live.codedeploy.list_application_revisions(applicationName="a")["revisions"]
    found = live.codedeploy.batch_get_application_revisions(applicationName="a", revisions=[listed])["revisions"]
    assert found[0]["genericRevisionInfo"]["description"] == "d"
    whole = live.codedeploy.get_application_revision(applicationName="a", revision=listed)
    assert whole["revision"]["appSpecContent"]["content"] == appspec("x")
