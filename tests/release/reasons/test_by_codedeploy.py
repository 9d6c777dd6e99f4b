"""An end that CodeDeploy alone explains: the first cause, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bluegreen.release import stopper
from bluegreen.release.first_cause import first_cause
from bluegreen.release.reason import Reason
from bluegreen.release.snapshot import parse
from bluegreen.release.trouble import Trouble
from bluegreen.release_target import ReleaseTarget
from tests.release.reasons.trouble_seen import CRASHES
from tests.release.reasons.words import DENIED

Recorded = Callable[..., Any]
Why = Callable[..., Reason]


@pytest.mark.parametrize(
    ("service", "grant"),
    [
        ("AWSLambda", "grant lambda:InvokeFunction on arn:aws:lambda:us-east-1:123456789012:function:CodeDeployHook"),
        ("AmazonECS", "iam:PassRole on the task's roles"),
        ("AmazonElasticLoadBalancing", "ModifyListener"),
        ("AmazonCloudWatch", "cloudwatch:DescribeAlarms"),
        ("AmazonSomething", "let the deployment group's service role do what is refused"),
    ],
)
def test_what_codedeploys_role_lacks_is_named(why: Why, ended: Recorded, service: str, grant: str) -> None:
    found = why(ended("IAM_ROLE_PERMISSIONS", DENIED.format(service), BeforeAllowTraffic="Failed"))
    assert found.cause == f"{DENIED.format(service)} (IAM_ROLE_PERMISSIONS) during BeforeAllowTraffic"
    assert grant in found.next_step
    assert "`make deploy ENV=sample`" in found.next_step


def test_the_function_that_is_named_is_the_one_of_the_event(target: ReleaseTarget, ended: Recorded) -> None:
    two = replace(target, hooks=("BeforeAllowTraffic", "AfterAllowTraffic"), hook_functions=("before", "after"))
    deployment = ended("IAM_ROLE_PERMISSIONS", DENIED.format("AWSLambda"), AfterAllowTraffic="Failed")
    assert first_cause(deployment, [], Trouble(), two).next_step.startswith("grant lambda:InvokeFunction on after:")


def test_who_stopped_it_is_for_cloudtrail_to_say_and_trouble_of_the_tasks_is_told(why: Why, ended: Recorded) -> None:
    found = why(ended("MANUAL_STOP", "The deployment was stopped by a user.", "Stopped", Install="Failed"))
    assert found.cause == "The deployment was stopped by a user. (MANUAL_STOP) during Install"
    assert "CloudTrail's event StopDeployment" in found.next_step
    stopped = ended("MANUAL_STOP", "The deployment was stopped by a user.", "Stopped", Install="Failed")
    assert "  no DATABASE_URL" in why(stopped, trouble=CRASHES).details


@pytest.mark.parametrize("code", ["ELASTIC_LOAD_BALANCING_INVALID", "INTERNAL_ERROR", "NEW_CODE", ""])
def test_a_production_listener_on_the_wrong_group_says_what_to_mend(why: Why, ended: Recorded, code: str) -> None:
    words = "Primary taskset target group must be behind listener arn:x"
    found = why(ended(code, words, Install="Failed"), trouble=CRASHES)
    assert words in found.cause
    assert "point the production listener at" in found.next_step


def test_a_rollback_that_failed_says_how_to_get_traffic_back(
    why: Why, deployment_info: Recorded, ecs_target: Recorded
) -> None:
    error = {"code": "ECS_UPDATE_ERROR", "message": "The original task set does not exist any more."}
    back = {"rollbackTriggeringDeploymentId": "d-FAILED000"}
    found = why(parse(deployment_info("Failed", errorInformation=error, rollbackInfo=back), ecs_target()))
    assert found.cause == "the rollback itself did not go well: The original task set does not exist any more."
    assert "`bluegreen rollback --to REVISION --environment sample`" in found.next_step


def test_an_unknown_code_is_shown_as_it_is(why: Why, ended: Recorded) -> None:
    found = why(ended("NEW_CODE", "new words", AllowTraffic="Failed"))
    assert found.cause == "new words (NEW_CODE) during AllowTraffic"
    assert found.next_step == "mend what the reason names, then release again"


def test_no_code_and_no_words_still_make_a_reason(why: Why, deployment_info: Recorded) -> None:
    found = why(parse(deployment_info("Failed"), None))
    assert found.cause == "CodeDeploy gives no reason for Failed"
    assert found.next_step


def test_who_stopped_it_with_bluegreen_is_named(why: Why, ended: Recorded) -> None:
    stopped = ended("MANUAL_STOP", "The deployment was stopped by a user.", status="Stopped")
    found = why(stopped, trouble=Trouble(stopped_by="octocat"))
    assert found.cause == "octocat stopped the deployment with `bluegreen`"
    assert found.details == ("CodeDeploy: The deployment was stopped by a user. (MANUAL_STOP)",)
    assert found.next_step == "ask octocat why, then release again"


@pytest.mark.parametrize(("who", "named"), [("octocat", "the watch of octocat"), ("", "a watch")])
def test_a_watch_that_stopped_it_is_named_with_its_reason(why: Why, ended: Recorded, who: str, named: str) -> None:
    stopped = ended("MANUAL_STOP", "The deployment was stopped by a user.", status="Stopped")
    found = why(stopped, trouble=Trouble(stopped_by=stopper.watch_of(who)))
    assert found.cause == f"{named} stopped the deployment with `bluegreen`, as the hook was silent"
    assert found.next_step == "read the hook's log and mend it, then release again"
