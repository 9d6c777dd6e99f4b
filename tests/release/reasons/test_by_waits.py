"""A release that CodeDeploy waited too long for: the first cause, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release.reason import Reason
from bluegreen.release.snapshot import parse
from tests.release.reasons.trouble_seen import CRASHES
from tests.release.reasons.words import HOOK_SILENT, NEVER_STEADY, NOT_CONTINUED

Recorded = Callable[..., Any]
Why = Callable[..., Reason]


def test_a_ready_wait_that_nobody_ended(why: Why, deployment_info: Recorded, ecs_target: Recorded) -> None:
    waits = {"deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 5}}
    error = {"code": "TIMEOUT", "message": NOT_CONTINUED}
    info = deployment_info("Stopped", errorInformation=error, blueGreenDeploymentConfiguration=waits)
    found = why(parse(info, ecs_target(AfterAllowTestTraffic="Succeeded")))
    assert found.cause == "nobody continued it: the ready wait of 5 min is over"
    assert "`bluegreen continue --environment sample`" in found.next_step
    assert "`ready_wait` under [release]" in found.next_step
    error["message"] = "new words"
    assert why(parse(info, ecs_target())).cause == found.cause


def test_codedeploys_words_tell_the_wait_where_nothing_else_does(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", NOT_CONTINUED, "Stopped"))
    assert found.cause == "nobody continued it: the ready wait is over"
    late = why(ended("TIMEOUT", HOOK_SILENT, AllowTraffic="Failed"))
    assert late.cause.startswith("the hook never reported at AllowTraffic")
    assert why(ended("TIMEOUT", NEVER_STEADY, AllowTraffic="Failed"), trouble=CRASHES).cause.startswith(
        "the replacement's tasks did not become steady"
    )


@pytest.mark.parametrize("words", [HOOK_SILENT, "new words"])
def test_a_hook_that_was_silent_for_codedeploys_hour(why: Why, ended: Recorded, words: str) -> None:
    found = why(ended("TIMEOUT", words, BeforeAllowTraffic="Failed"))
    assert found.cause == "the hook never reported at BeforeAllowTraffic: CodeDeploy gave it an hour"
    assert "/aws/lambda/CodeDeployHook_sample" in found.next_step


def test_a_timeout_of_a_wait_that_is_not_known_is_shown_as_it_is(why: Why, ended: Recorded) -> None:
    found = why(ended("TIMEOUT", "new words", AllowTraffic="Failed"))
    assert found.cause == "new words (TIMEOUT) during AllowTraffic"
