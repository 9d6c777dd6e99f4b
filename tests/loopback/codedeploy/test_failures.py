"""What ECS, the load balancer and S3 refuse shows as a failed deployment."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from tests.loopback.simulation.faults import refused, throttled
from tests.loopback.simulation.simulated_account import PRODUCTION

from .story import Story, appspec, rollback_on

S3 = {"revisionType": "S3", "s3Location": {"bucket": "b", "key": "appspec.yaml", "bundleType": "YAML"}}


def error(story: Story) -> dict[str, Any]:
    assert story.info()["status"] == "Failed"
    return story.info()["errorInformation"]


def test_a_listener_that_is_gone(story: Story) -> None:
    story.group().deploy()
    del story.account.listeners[PRODUCTION]
    story.end()
    assert error(story)["code"] == "ELASTIC_LOAD_BALANCING_INVALID"


@pytest.mark.parametrize(("attribute", "value"), [("controller", "ECS"), ("status", "INACTIVE")])
def test_a_service_that_cannot_be_deployed_to(story: Story, attribute: str, value: str) -> None:
    story.group().deploy()
    setattr(story.account, attribute, value)
    story.end()
    assert error(story)["code"] == "INVALID_ECS_SERVICE"


def test_a_primary_task_set_that_ecs_does_not_switch(story: Story) -> None:
    story.account.faults["UpdateServicePrimaryTaskSet"] = [refused("ServerException", "no")]
    story.group(autoRollbackConfiguration=rollback_on("FAILURE")).deploy().end()
    assert error(story)["code"] == "ECS_UPDATE_ERROR"
    assert story.events()["AllowTraffic"] == "Failed"
    assert story.account.weights() == {"blue": 1}


@pytest.mark.parametrize("call", ["DescribeServices", "CreateTaskSet", "ModifyListener", "DeleteTaskSet", "Invoke"])
def test_throttled_calls_are_tried_again(story: Story, call: str) -> None:
    story.group().deploy()
    story.account.faults[call] = [throttled()] * 3
    assert story.end().info()["status"] == "Succeeded"


def test_a_revision_in_s3_is_read_at_the_start(story: Story) -> None:
    story.account.objects["appspec.yaml"] = appspec("v2").encode()
    story.group().deploy(revision=S3).end()
    assert story.info()["status"] == "Succeeded"


def test_a_revision_that_is_gone_from_s3(story: Story) -> None:
    story.group().deploy(revision=S3).end()
    assert error(story)["code"] == "REVISION_MISSING"


def test_a_revision_in_s3_that_is_no_appspec(story: Story) -> None:
    story.account.objects["appspec.yaml"] = b"version: 0.0"
    story.group().deploy(revision=S3).end()
    assert error(story)["code"] == "INVALID_REVISION"


def test_a_crash_of_the_engine_is_a_failed_deployment(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    story.group(autoRollbackConfiguration=rollback_on("FAILURE")).deploy().during("AfterInstall")
    story.act(lambda: setattr(story.deployment, "appspec", None)).end()
    assert error(story)["code"] == "INTERNAL_ERROR"
    assert f"the course of {story.id} failed" in caplog.text
    assert "Traceback" in caplog.text
    assert story.rollback()["status"] == "Succeeded"


def test_a_crash_while_it_ends_is_one_too_and_the_next_release_works(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    story.group().deploy().during("Install")
    with patch.object(story.account, "describe_service", side_effect=ZeroDivisionError):
        story.end()
    assert error(story)["code"] == "INTERNAL_ERROR"
    assert f"the end of {story.id} failed" in caplog.text
    assert "Traceback" in caplog.text
    assert story.deploy().end().info()["status"] == "Succeeded"
