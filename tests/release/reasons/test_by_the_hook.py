"""A release that its hook turned down: the first cause, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release.reason import Reason
from tests.release.reasons.trouble_seen import CRASHES
from tests.release.reasons.words import HOOK

Recorded = Callable[..., Any]
Why = Callable[..., Reason]


def test_the_hooks_own_words_come_before_codedeploys(why: Why, ended: Recorded, verdict_line: Recorded) -> None:
    line = verdict_line("Failed", "/one: expected status 200, got status 500", got="status 500", attempts=4)
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line)
    assert (
        found.cause
        == "the hook turned the release down at BeforeAllowTraffic: /one: expected status 200, got status 500"
    )
    assert found.details == (
        "GET /one: expected status 200, got status 500 from rust-blue-green:5, 4 attempts, 12 ms",
        f"CodeDeploy: {HOOK} (HOOK_EXECUTION_FAILURE)",
    )
    assert found.next_step.startswith("mend the image")


def test_a_task_that_crashed_under_the_hook_is_told_beside_its_verdict(
    why: Why, ended: Recorded, verdict_line: Recorded
) -> None:
    line = verdict_line("Failed", "/one: expected status 200, got status 502", got="status 502")
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line, trouble=CRASHES)
    assert "got status 502" in found.cause
    assert "tasks of the replacement: Essential container in task exited; container rust-api: exit code 3" in (
        found.details
    )
    assert "  no DATABASE_URL" in found.details


def test_an_answer_from_another_revision_sends_to_the_test_listener(
    why: Why, ended: Recorded, verdict_line: Recorded
) -> None:
    words = "/one: answered by rust-blue-green:3, but rust-blue-green:5 is under deployment"
    line = verdict_line("Failed", words, task_definition="rust-blue-green:3", failure="identity_mismatch")
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"), line)
    assert words in found.cause
    assert "test listener" in found.next_step


@pytest.mark.parametrize(
    ("failure", "words", "step"),
    [
        ("identity_mismatch", "answers came from a:3 and a:5 in turn", "test listener"),
        ("identity_unknown", "GetDeployment failed: AccessDeniedException: no identity policy", "reach CodeDeploy"),
        ("identity_missing", "the answer has 2 x-task-definition headers (a:3, a:5)", "one x-task-definition header"),
    ],
)
def test_the_proof_is_turned_off_only_where_nothing_else_helps(
    why: Why, ended: Recorded, verdict_line: Recorded, failure: str, words: str, step: str
) -> None:
    deployment = ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed")
    found = why(deployment, verdict_line("Failed", words, failure=failure))
    assert step in found.next_step
    assert "identity_proof" not in found.next_step
    untellable = verdict_line("Failed", words + ' ([hook] identity_proof = "off" turns the proof off)', failure=failure)
    assert '`identity_proof = "off"` under [hook]' in why(deployment, untellable).next_step


def test_a_hook_without_a_verdict_in_its_log_is_said(why: Why, ended: Recorded) -> None:
    found = why(ended("HOOK_EXECUTION_FAILURE", HOOK, BeforeAllowTraffic="Failed"))
    assert "its log holds no verdict" in found.cause
    assert HOOK in found.details[0]
    assert "/aws/lambda/CodeDeployHook_sample" in found.next_step


def test_a_verdict_that_passed_is_not_the_cause(why: Why, ended: Recorded, verdict_line: Recorded) -> None:
    found = why(ended("THROTTLED", "Rate exceeded"), verdict_line())
    assert found.cause == "Rate exceeded (THROTTLED)"
