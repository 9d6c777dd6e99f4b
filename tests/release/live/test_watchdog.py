"""A hook that never reports: noticed, explained, stopped and rolled back long before CodeDeploy's hour is over."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.loopback.roles import HOOK_LOG, allow, document
from tests.release.live.made import HOOK
from tests.release.live.moment import live, status, until

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
FUNCTION = "CodeDeployHook_rehearsal"
CRASHES = b"#!/bin/sh\necho 'the hook lost its mind' >&2\nexit 3\n"
TIMEOUT, GRACE, ROLLBACK = 5, 12, 40


def package(bootstrap: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        file.writestr(entry, bootstrap)
    return archive.getvalue()


@pytest.fixture
def crashing_hook(account: Any) -> Iterator[None]:
    """Put a program that ends at once in the hook's place."""
    function = account.client("lambda")
    function.update_function_code(FunctionName=FUNCTION, ZipFile=package(CRASHES))
    yield
    function.update_function_code(FunctionName=FUNCTION, ZipFile=package(HOOK.read_bytes()))


@pytest.fixture
def mute_hook(account: Any) -> Iterator[None]:
    """Take from the hook's role the right to report."""
    iam = account.client("iam")
    before = iam.get_role_policy(RoleName="hook", PolicyName="own")["PolicyDocument"]
    reads = document(allow("codedeploy:GetDeployment", "codedeploy:GetApplicationRevision"))
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=reads)
    yield
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=json.dumps(before))


@pytest.fixture
def forgotten_hook(account: Any) -> Iterator[None]:
    """Take from the hook's role everything but its trust: its log too."""
    iam = account.client("iam")
    before = iam.get_role_policy(RoleName="hook", PolicyName="own")["PolicyDocument"]
    iam.delete_role_policy(RoleName="hook", PolicyName="own")
    iam.detach_role_policy(RoleName="hook", PolicyArn=HOOK_LOG)
    yield
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=json.dumps(before))
    iam.attach_role_policy(RoleName="hook", PolicyArn=HOOK_LOG)


def stopped(run: Run, account: Any, tag: str) -> tuple[dict[str, Any], dict[str, Any]]:
    before = live(account)
    ended = run("deploy", "--image-tag", tag, "--json", "--skip-verify", GITHUB_ACTOR="octocat")
    events = [json.loads(line) for line in ended.out.splitlines()]
    (silence,), outcome = [one for one in events if one["event"] == "silence"], events[-1]
    assert (ended.code, outcome["exit_code"], outcome["status"]) == (1, 1, "Stopped")
    assert outcome["rollback_status"] == "Succeeded"
    assert live(account) == before
    assert silence["stopped"]
    assert TIMEOUT + GRACE <= silence["seconds"] < TIMEOUT + GRACE + 10
    assert (outcome["reason"], outcome["next_step"]) == (silence["reason"], silence["next_step"])
    return silence, outcome


def test_a_hook_that_crashes_is_stopped_and_its_last_lines_are_shown_and_others_are_told_which_watch_did_it(
    run: Run, account: Any, fresh: str, crashing_hook: None
) -> None:
    silence, outcome = stopped(run, account, fresh)
    assert silence["reason"] == (
        "the hook CodeDeployHook_rehearsal did not report at BeforeAllowTraffic within its 5 s: it crashed"
    )
    assert "its log: the hook lost its mind" in silence["details"]
    another = run("watch", outcome["deployment_id"])
    assert another.code == 1
    assert "reason: the watch of octocat stopped the deployment with `bluegreen`, as the hook was silent" in another.out
    assert "Stopped by the watch of octocat, as the hook was silent (MANUAL_STOP)" in run("history").out


def test_a_hook_that_may_not_report_is_stopped_with_the_refusal(
    run: Run, account: Any, fresh: str, mute_hook: None
) -> None:
    silence, _ = stopped(run, account, fresh)
    assert "it could not tell CodeDeploy its verdict" in silence["reason"]
    assert "codedeploy:PutLifecycleEventHookExecutionStatus" in silence["next_step"]


def test_a_hook_that_leaves_no_trace_is_stopped(run: Run, account: Any, fresh: str, forgotten_hook: None) -> None:
    silence, _ = stopped(run, account, fresh)
    assert silence["reason"].endswith("nothing shows that it ran")
    assert silence["details"] == ["its log /aws/lambda/CodeDeployHook_rehearsal says nothing"]


def test_no_watchdog_leaves_the_deployment_to_codedeploy(
    run: Run, account: Any, fresh: str, crashing_hook: None
) -> None:
    ended = run(
        "deploy",
        "--image-tag",
        fresh,
        "--json",
        "--skip-verify",
        "--no-watchdog",
        "--time-limit",
        f"{TIMEOUT + GRACE + 6}s",
    )
    events = [json.loads(line) for line in ended.out.splitlines()]
    deployment_id = events[-1]["deployment_id"]
    assert (ended.code, events[-1]["event"]) == (3, "left")
    assert "silence" not in {one["event"] for one in events}
    assert status(account, deployment_id) == "InProgress"
    account.client("codedeploy").stop_deployment(deploymentId=deployment_id, autoRollbackEnabled=True)
    until(account, deployment_id, "Stopped")
    deadline = time.monotonic() + ROLLBACK
    while account.client("codedeploy").list_deployments(includeOnlyStatuses=["Created", "Queued", "InProgress"])[
        "deployments"
    ]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
