from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bluegreen.release import summary
from bluegreen.release.exit_codes import ExitCode
from bluegreen.release.outcome import Outcome, Stop, as_event, lines
from bluegreen.release.reason import Reason
from bluegreen.release.snapshot import parse
from bluegreen.release.traffic import Share

from .conftest import NAMES

Recorded = Callable[..., Any]
LIVE = (Share("sample-cluster-blue", 100.0, "rust-blue-green:3"),)
REASON = Reason("the hook turned the release down: /one: expected 200, got 500", ("GET /one: got 500",), "mend it")


@pytest.fixture
def succeeded(deployment_info: Recorded, ecs_target: Recorded) -> Outcome:
    info = deployment_info("Succeeded")
    info["completeTime"] = info["createTime"] + timedelta(seconds=92)
    return Outcome(deployment=parse(info, ecs_target()), revision="rust-blue-green:5", traffic=LIVE)


@pytest.fixture
def rolled_back(deployment_info: Recorded, ecs_target: Recorded) -> Outcome:
    failed = parse(deployment_info("Failed"), ecs_target(BeforeAllowTraffic="Failed"))
    back = parse({**deployment_info("Succeeded"), "deploymentId": "d-ROLLBACK1"}, None)
    return Outcome(deployment=failed, revision="rust-blue-green:5", traffic=LIVE, reason=REASON, rollback=back)


def test_a_release_that_succeeded_is_done(succeeded: Outcome) -> None:
    assert succeeded.exit_code is ExitCode.DONE
    assert lines(succeeded) == [
        "rust-blue-green:5: Succeeded after 92 s (d-1NNWZG91L)",
        "traffic now: 100 % to rust-blue-green:3 (sample-cluster-blue)",
    ]


def test_a_release_that_was_rolled_back_has_failed_and_says_why_where_and_what_next(rolled_back: Outcome) -> None:
    assert rolled_back.exit_code is ExitCode.FAILED
    assert lines(rolled_back) == [
        "rust-blue-green:5: Failed (d-1NNWZG91L)",
        "reason: the hook turned the release down: /one: expected 200, got 500",
        "  GET /one: got 500",
        "rolled back by d-ROLLBACK1: Succeeded",
        "traffic now: 100 % to rust-blue-green:3 (sample-cluster-blue)",
        "next: mend it",
    ]


def test_what_could_not_be_read_is_said(succeeded: Outcome) -> None:
    unknown = replace(succeeded, traffic=(), notes=("the credentials may not call DescribeListeners",))
    assert lines(unknown)[1:] == [
        "traffic now: not known",
        "not known: the credentials may not call DescribeListeners",
    ]


def test_a_rollback_is_called_by_what_it_rolls_back(deployment_info: Recorded) -> None:
    rollback = parse(deployment_info("Succeeded", rollbackInfo={"rollbackTriggeringDeploymentId": "d-FAILED000"}), None)
    outcome = Outcome(deployment=rollback, revision="", traffic=LIVE)
    assert lines(outcome)[0] == "rollback of d-FAILED000: Succeeded (d-1NNWZG91L)"


def test_the_event_carries_the_same_for_a_program(rolled_back: Outcome) -> None:
    fields = as_event(rolled_back).fields
    assert fields["reason"] == REASON.cause
    assert fields["rollback_deployment_id"] == "d-ROLLBACK1"
    assert fields["exit_code"] == 1


def test_ci_gets_a_summary_appended(rolled_back: Outcome, tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_text("before\n")
    summary.append("sample", rolled_back, {"GITHUB_STEP_SUMMARY": str(file)})
    text = file.read_text()
    assert text.startswith("before\n### ❌ sample: rust-blue-green:5 Failed")
    assert "**Reason:** the hook turned the release down" in text
    assert "| BeforeAllowTraffic | Failed | 1.5 |" in text


def test_the_summary_says_what_the_terminal_is_told(rolled_back: Outcome) -> None:
    noted = replace(rolled_back, notes=("the credentials may not call DescribeAlarms",))
    text = " ".join(summary.markdown("sample", noted).replace("\\", "").split())
    for line in lines(noted):
        kind, _, words = line.strip().partition(": ")
        assert (words if kind in ("reason", "next", "not known", "traffic now") else line.strip()).casefold() in (
            text.casefold()
        ) or line.startswith("rust-blue-green:5")


def test_log_lines_in_a_summary_can_be_no_markdown(rolled_back: Outcome) -> None:
    hostile = Reason("<b>*bold*</b>", ("last lines:", "  ```", "  <script>"), "mend it")
    text = summary.markdown("sample", replace(rolled_back, reason=hostile))
    assert "**Reason:** \\<b\\>\\*bold\\*\\</b\\>" in text
    assert "````text\nlast lines:\n  ```\n  <script>\n````" in text


def test_a_rollback_that_failed_is_told_with_its_reason(rolled_back: Outcome) -> None:
    assert rolled_back.rollback
    failed = replace(rolled_back.rollback, status="Failed", error_message="The original task set does not exist")
    assert "rolled back by d-ROLLBACK1: Failed: The original task set does not exist" in lines(
        replace(rolled_back, rollback=failed)
    )


def test_without_a_rollback_everything_stays_as_it_is(rolled_back: Outcome) -> None:
    assert (
        "not rolled back: no rollback deployment was started; weights and the tasks of both revisions stay as they are"
        in lines(replace(rolled_back, rollback=None))
    )


def test_what_is_stopped_before_anything_was_installed_has_nothing_to_roll_back(
    deployment_info: Recorded, ecs_target: Recorded
) -> None:
    target = ecs_target(BeforeInstall="Failed", **dict.fromkeys(NAMES[1:], "Skipped"))
    stopped = parse(deployment_info("Stopped"), target)
    outcome = Outcome(deployment=stopped, revision="rust-blue-green:5", traffic=LIVE, stop=Stop(rollback=True))
    assert outcome.exit_code is ExitCode.DONE
    assert "nothing to roll back: it ended before anything was installed" in lines(outcome)
    installing = parse(deployment_info("Stopped"), ecs_target(BeforeInstall="Succeeded", Install="Failed"))
    assert replace(outcome, deployment=installing).exit_code is ExitCode.FAILED


def test_a_summary_that_cannot_be_written_fails_no_release(succeeded: Outcome, tmp_path: Path) -> None:
    summary.append("sample", succeeded, {"GITHUB_STEP_SUMMARY": str(tmp_path)})
