"""The table "what you see, why, and what to do" of docs/releases.md says what the code says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bluegreen.release import error_codes, hook_verdict
from bluegreen.release.alarm_reason import AlarmState
from bluegreen.release.first_cause import first_cause
from bluegreen.release.reason import Reason
from bluegreen.release.snapshot import parse
from bluegreen.release.target_health import Target
from bluegreen.release.task_end import ContainerEnd, TaskEnd
from bluegreen.release.trouble import Trouble
from bluegreen.release_target import ReleaseTarget
from tests.release.conftest import SAMPLE, START
from tests.release.reasons.trouble_seen import CRASHED
from tests.release.reasons.words import ALARMS, DENIED, ECS, HOOK, HOOK_SILENT, ID, NEVER_STEADY, NOT_CONTINUED

Recorded = Callable[..., Any]
PAGE = (Path(__file__).parents[2] / "docs" / "releases.md").read_text()
SECTION = PAGE.split("## What you see, why, and what to do")[1].split("\n## ")[0]
ROWS = dict(re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \|$", SECTION, flags=re.MULTILINE))
CODES = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|$", SECTION, flags=re.MULTILINE))


@dataclass(frozen=True, kw_only=True)
class End:
    """An unhappy end, and words of its next step that the page has too."""

    does: tuple[str, ...]
    code: str
    message: str = "words"
    status: str = "Failed"
    at: str = "Install"
    verdict: dict[str, str] | None = None
    trouble: Trouble = field(default_factory=Trouble)
    rolls_back: str = ""


def steady(does: str, **seen: Any) -> End:
    return End(does=(does,), code="TIMEOUT", message=NEVER_STEADY, trouble=Trouble(**seen))


def failed(why: str, **container: Any) -> TaskEnd:
    containers = (ContainerEnd(name="rust-api", **container),)
    return TaskEnd(task_id="1", stop_code="TaskFailedToStart", reason=why, containers=containers)


def alarm(**more: Any) -> Trouble:
    return Trouble(alarms=(AlarmState(name="errors", state="ALARM", reason="crossed", **more),))


AT_HOOK = "BeforeAllowTraffic"
ENDS = {
    "the hook turned the release down at": End(
        does=("mend the image",), code="HOOK_EXECUTION_FAILURE", message=HOOK, at=AT_HOOK, verdict={"failure": "answer"}
    ),
    "its log holds no verdict": End(
        does=("read the hook's log",), code="HOOK_EXECUTION_FAILURE", message=HOOK, at=AT_HOOK
    ),
    "the hook never reported at": End(
        does=("read the hook's log", "mend it"), code="TIMEOUT", message=HOOK_SILENT, at=AT_HOOK
    ),
    "Essential container in task exited": steady("mend what the last lines", tasks=(CRASHED,)),
    "OutOfMemoryError": steady(
        "give the task more memory",
        tasks=(failed("Essential container in task exited", exit_code=137, reason="OutOfMemoryError: killed"),),
    ),
    "CannotPullContainerError": steady(
        "put the image into its registry", tasks=(failed("CannotPullContainerError: x: not found"),)
    ),
    "ResourceInitializationError": steady(
        "make the secret", tasks=(failed("ResourceInitializationError: unable to pull secrets: not found"),)
    ),
    "its tasks fail the load balancer's health checks": steady(
        "make the health check's path answer", targets=(Target(port=3000, description="with these codes: [500]"),)
    ),
    "was unable to place a task": steady("mend what", events=("(service x) was unable to place a task. Reason: new.",)),
    "ECS refused the replacement task set": End(
        does=("agree",), code="ECS_UPDATE_ERROR", message=ECS.format("x did not have a container port 443 defined.")
    ),
    "an alarm went red": End(
        does=("look at what raised the alarm",),
        code="ALARM_ACTIVE",
        message=ALARMS.format("<errors>"),
        status="Stopped",
        trouble=alarm(),
    ),
    "an alarm was red already": End(
        does=("bring the alarm back to OK first",),
        code="ALARM_ACTIVE",
        message=ALARMS.format("<errors>"),
        status="Stopped",
        trouble=alarm(since=START.replace(hour=1)),
    ),
    "nobody continued it": End(
        does=("release again and", "bluegreen continue"), code="TIMEOUT", message=NOT_CONTINUED, status="Stopped", at=""
    ),
    "stopped the deployment with": End(
        does=("ask",),
        code="MANUAL_STOP",
        message="The deployment was stopped by a user.",
        trouble=Trouble(stopped_by="octocat"),
    ),
    "The deployment was stopped by a user": End(
        does=("ask who stopped it",), code="MANUAL_STOP", message="The deployment was stopped by a user."
    ),
    "does not give you permission": End(
        does=("grant",), code="IAM_ROLE_PERMISSIONS", message=DENIED.format("AWSLambda"), at=AT_HOOK
    ),
    "must be behind listener": End(
        does=("point the production listener",), code="", message="Primary … group must be behind listener arn:x"
    ),
    "the rollback itself did not go well": End(
        does=("see where traffic is", "release a good revision"), code="ECS_UPDATE_ERROR", rolls_back="d-FAILED000"
    ),
}


@pytest.fixture
def why(target: ReleaseTarget, deployment_info: Recorded, ecs_target: Recorded, verdict_line: Recorded) -> Recorded:
    def find(end: End) -> Reason:
        error = {"code": end.code, "message": end.message}
        back = {"rollbackInfo": {"rollbackTriggeringDeploymentId": end.rolls_back}} if end.rolls_back else {}
        events = {end.at: "Failed"} if end.at else {}
        deployment = parse(deployment_info(end.status, errorInformation=error, **back), ecs_target(**events))
        line = verdict_line("Failed", "/one: expected 200", **end.verdict) if end.verdict else "no verdict"
        verdicts = [one for one in [hook_verdict.parse(line, ID)] if one]
        return first_cause(deployment, verdicts, end.trouble, target)

    return find


def test_every_row_is_tried_here() -> None:
    assert list(ENDS) == [name for name in ROWS if name not in CODES]


@pytest.mark.parametrize("seen", ENDS)
def test_what_the_row_says_is_what_is_told(why: Recorded, seen: str) -> None:
    found = why(ENDS[seen])
    assert seen in found.cause
    for words in ENDS[seen].does:
        assert words in found.next_step
        assert words in ROWS[seen]


def test_the_table_of_codes_is_the_codes_own() -> None:
    assert {code: error_codes.next_step(code, SAMPLE) for code in error_codes.NEXT_STEPS} == CODES
