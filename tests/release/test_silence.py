"""Why a hook is silent, by what its log says."""

from __future__ import annotations

import json

import pytest

from bluegreen.release import silence
from bluegreen.release.hook_function import HookFunction
from bluegreen.release.watchdog import Silence
from tests.release.conftest import SAMPLE

FOUND = Silence("BeforeAllowTraffic", 51.0)
HOOK = HookFunction("CodeDeployHook_sample", 30.0, "/aws/lambda/CodeDeployHook_sample")
START, END = "START RequestId: 1 Version: $LATEST", "END RequestId: 1"
UNTOLD = json.dumps({"message": "CodeDeploy was not told the verdict", "reason": "AccessDeniedException: no"})


@pytest.mark.parametrize(
    ("line", "cause", "step"),
    [
        (UNTOLD, "it could not tell CodeDeploy its verdict: AccessDeniedException: no", "PutLifecycleEventHook"),
        ("2026-11-25T10:00:00Z 1 Task timed out after 30.00 seconds", "Lambda ended it at its time limit", "timeout"),
        ("RequestId: 1 Error: Runtime exited with error: signal: killed", "it was killed, as when memory", "memory"),
        ("RequestId: 1 Error: Couldn't find valid bootstrap Runtime.InvalidEntrypoint", "cannot run", "architecture"),
        ("RequestId: 1 Error: Runtime exited with error: exit status 3", "it crashed", "its last lines say"),
        ("all is well", "it ran and ended without a report", "calls PutLifecycleEventHookExecutionStatus"),
    ],
)
def test_its_log_tells_the_cause_and_what_to_do(line: str, cause: str, step: str) -> None:
    why = silence.explain(FOUND, HOOK, [START, line, END], SAMPLE)
    assert why.cause.startswith("the hook CodeDeployHook_sample did not report at BeforeAllowTraffic within its 30 s: ")
    assert cause in why.cause
    assert step in why.next_step
    assert why.next_step.endswith("then release again")
    assert why.details == (f"its log: {line}",)


def test_an_empty_log_means_that_it_never_ran() -> None:
    why = silence.explain(FOUND, HOOK, [], SAMPLE)
    assert why.cause.endswith("nothing shows that it ran")
    assert why.details == ("its log /aws/lambda/CodeDeployHook_sample says nothing",)


def test_only_the_last_lines_are_shown_and_none_without_an_end() -> None:
    why = silence.explain(FOUND, HOOK, [START, *(f"{number} {'x' * 1000}" for number in range(9)), END], SAMPLE)
    assert [one.split()[2] for one in why.details] == ["4", "5", "6", "7", "8"]
    assert all(len(one) < 350 for one in why.details)
