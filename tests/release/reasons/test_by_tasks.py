"""A release whose tasks did not start or stay steady: the first cause, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release.reason import Reason
from bluegreen.release.target_health import Target
from bluegreen.release.trouble import Trouble
from tests.release.reasons.trouble_seen import CRASHES
from tests.release.reasons.words import ECS, NEVER_STEADY

Recorded = Callable[..., Any]
Why = Callable[..., Reason]


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("The container rust-api did not have a container port 443 defined.", "container port agree"),
        ("TaskDefinition is inactive", "that is registered"),
        ("Invalid revision number. Number: latest", "with a number"),
        ("something new", "compare `bluegreen appspec --environment sample`"),
    ],
)
def test_ecs_own_sentence_is_cut_out_of_codedeploys(why: Why, ended: Recorded, words: str, step: str) -> None:
    found = why(ended("ECS_UPDATE_ERROR", ECS.format(words), Install="Failed"), trouble=CRASHES)
    assert found.cause == f"ECS refused the replacement task set: {words}"
    assert step in found.next_step


def test_tasks_that_were_not_steady_while_traffic_moved_are_the_cause(why: Why, ended: Recorded) -> None:
    words = "The deployment failed because the replacement task set was not steady for 5 minutes"
    found = why(ended("ECS_UPDATE_ERROR", words, AllowTraffic="Failed"), trouble=CRASHES)
    assert found.cause.startswith("the replacement's tasks did not become steady: Essential container in task exited")


def test_a_task_that_stopped_explains_the_hour_of_install_with_its_last_log_lines(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"), trouble=CRASHES)
    assert found.cause == (
        "the replacement's tasks did not become steady: Essential container in task exited; container rust-api: "
        "exit code 3 (2 tasks ended so)"
    )
    assert found.details == (
        "last lines of /ecs/sample rust-api/rust-api/1:",
        "  no DATABASE_URL",
        f"CodeDeploy: {NEVER_STEADY} (TIMEOUT)",
    )
    assert found.next_step == "mend what the last lines of its log say and release it under a new tag"


def test_an_unhealthy_target_explains_it_too(why: Why, ended: Recorded) -> None:
    target = Target(
        port=3000,
        address="10.0.0.7",
        code="Target.ResponseCodeMismatch",
        description="Health checks failed with these codes: [500]",
    )
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"), trouble=Trouble(targets=(target,)))
    assert found.cause == (
        "the replacement's tasks did not become steady: its tasks fail the load balancer's health checks: "
        "Health checks failed with these codes: [500] (Target.ResponseCodeMismatch) on port 3000"
    )
    assert "`path` and `matcher` under [health_check]" in found.next_step


def test_the_services_last_bad_event_explains_when_no_task_was_started(why: Why, ended: Recorded) -> None:
    events = (
        "(service x) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run "
        "concurrently.",
        "(service x) has started 1 tasks: (task 1).",
    )
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"), trouble=Trouble(events=events))
    assert found.cause.endswith(events[0])
    assert "quota of Fargate vCPUs" in found.next_step


def test_an_hour_of_install_of_which_nothing_is_known_says_so(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", NEVER_STEADY, Install="Failed"))
    assert "nothing is known of them any more" in found.cause
    assert "`bluegreen watch --environment sample`" in found.next_step
    assert "/ecs/sample" in found.next_step
