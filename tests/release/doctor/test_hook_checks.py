"""The hook: whether it is ready, and what it answers to the probe event."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.release.doctor import hook_probe, hook_state
from bluegreen.release.doctor.finding import Finding, Level
from bluegreen.release.doctor.hook_probe import Answer

APPLY = "`make deploy ENV=sample`"
LOG = "/aws/lambda/CodeDeployHook_sample"
URL = "http://internal-alb:8080"


def state(**function: Any) -> Finding:
    return hook_state.judge(function, "CodeDeployHook_sample", APPLY)


def test_an_active_function_is_sound() -> None:
    found = state(State="Active", LastUpdateStatus="Successful", Timeout=60)
    assert (found.level, found.found) == (
        Level.OK,
        "CodeDeployHook_sample is Active, it has 60 s for a verdict",
    )


@pytest.mark.parametrize(
    ("function", "level", "words"),
    [
        ({"State": "Failed", "StateReason": "no such subnet"}, Level.ERROR, "is Failed: no such subnet"),
        ({"LastUpdateStatus": "Failed"}, Level.ERROR, "failed: Lambda does not say why"),
        ({"LastUpdateStatus": "InProgress"}, Level.WARNING, "is being updated just now"),
        ({"State": "Inactive", "StateReasonCode": "Idle"}, Level.WARNING, "is Inactive: Idle"),
    ],
)
def test_a_function_that_is_not_ready_is_told(function: dict[str, Any], level: Level, words: str) -> None:
    found = state(**function)
    assert found.level is level
    assert words in found.found


def test_a_function_that_is_gone_is_an_error() -> None:
    found = hook_state.judge(None, "CodeDeployHook_sample", APPLY)
    assert (found.level, found.remedy) == (Level.ERROR, f"{APPLY} makes it again")


def answer(**more: Any) -> dict[str, Any]:
    configuration = {"alb_url": URL, "checks": ["GET /one"], "identity_proof": "required"}
    reached = {"reached": True}
    return {"configuration": configuration, "listener": reached, "codedeploy": {**reached, "allowed": True}, **more}


def test_a_hook_that_reaches_all_it_needs_is_sound() -> None:
    found = hook_probe.judge(Answer(answer(), failed=False), LOG)
    assert (found.level, found.found) == (
        Level.OK,
        f"the hook reaches {URL} and CodeDeploy; 1 checks, identity proof required",
    )


@pytest.mark.parametrize(
    ("payload", "words", "remedy"),
    [
        (
            answer(listener={"reached": False, "reason": "no connection within 3000 ms"}),
            f"the hook does not reach the test listener at {URL}: no connection within 3000 ms",
            "security groups",
        ),
        (
            answer(codedeploy={"reached": False, "allowed": False, "reason": "dispatch failure"}),
            "the hook does not reach CodeDeploy: dispatch failure",
            "VPC endpoint of CodeDeploy",
        ),
        (
            answer(codedeploy={"reached": True, "allowed": False, "reason": "not authorized"}),
            "the hook may not ask CodeDeploy: not authorized",
            "codedeploy:GetDeployment",
        ),
        (
            {"configuration": {"error": "CHECKS: check 1 has no path"}},
            "the hook is set up wrongly: CHECKS: check 1 has no path",
            "correct its variables",
        ),
    ],
)
def test_a_hook_that_lacks_something_is_an_error(payload: dict[str, Any], words: str, remedy: str) -> None:
    found = hook_probe.judge(Answer(payload, failed=False), LOG)
    assert (found.level, found.found) == (Level.ERROR, words)
    assert remedy in found.remedy


def test_a_hook_that_crashes_is_an_error_that_names_its_log() -> None:
    found = hook_probe.judge(Answer({"errorMessage": "exit status 3"}, failed=True), LOG)
    assert (found.level, found.found) == (Level.ERROR, "the hook cannot run: exit status 3")
    assert LOG in found.remedy


@pytest.mark.parametrize("url", ["http://internal-alb", "http://internal-alb:80", "https://internal-alb"])
def test_a_hook_that_asks_another_listener_is_an_error(url: str) -> None:
    payload = answer(configuration={"alb_url": url, "checks": ["GET /one"], "identity_proof": "off"})
    found = hook_probe.judge(Answer(payload, failed=False), LOG, test_port=8080)
    words = f"the hook asks {url}, and the test listener is at port 8080: it would test the version that is live"
    assert (found.level, found.found) == (Level.ERROR, words)
    assert "ALB_URL" in found.remedy


def test_a_hook_that_asks_the_test_listener_is_sound() -> None:
    assert hook_probe.judge(Answer(answer(), failed=False), LOG, test_port=8080).level is Level.OK


@pytest.mark.parametrize("payload", [None, "ok", {}, {"configuration": "none"}])
def test_an_answer_that_is_not_ours_is_a_warning(payload: Any) -> None:
    assert hook_probe.judge(Answer(payload, failed=False), LOG).level is Level.WARNING
