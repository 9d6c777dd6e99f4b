"""Tasks that end or are not healthy: told while CodeDeploy waits, with their last lines."""

from __future__ import annotations

import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.release.live.moment import LIMIT, live
from tests.release.live.reasons.end import NAME, Run, events, outcome

pytestmark = pytest.mark.slow

LAST_WORDS = "no DATABASE_URL is set"


def program(*lines: str) -> dict[str, Any]:
    """Let a container of a good image run a shell's lines instead; $HOST is the task's address."""
    return {"entryPoint": ["/bin/sh", "-c", "\n".join(["HOST=${LISTEN_ADDR%:*}", *lines])]}


CRASHES = program(f"echo {LAST_WORDS}", "exit 3")
RUNS_OUT = program("echo eating", "kill -9 $$")
ENDS_WELL = program("echo all done", "exit 0")
NOT_HEALTHY = program(f"exec {shlex.quote(sys.executable)} -m http.server 3000 --bind $HOST")
OTHER_PORT = program(f"exec {shlex.quote(sys.executable)} -m http.server 3999 --bind $HOST")


def failing(account: Any) -> bool:
    ecs = account.client("ecs")
    (service,) = ecs.describe_services(cluster=NAME, services=[NAME])["services"]
    sets = [one["id"] for one in service["taskSets"] if one["status"] == "ACTIVE"]
    arns = ecs.list_tasks(cluster=NAME, serviceName=NAME, desiredStatus="STOPPED")["taskArns"]
    tasks = ecs.describe_tasks(cluster=NAME, tasks=arns)["tasks"] if arns else []
    return len([one for one in tasks if one["startedBy"] in sets and one["lastStatus"] == "STOPPED"]) > 1


def stopped_when_told(run: Run, account: Any, deployment_id: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Watch; as soon as there is trouble with the tasks, stop it. Return all that was told of it, and the outcome."""
    watched: list[Any] = []
    watch = threading.Thread(target=lambda: watched.append(run("watch", deployment_id, "--json")))
    watch.start()
    codedeploy = account.client("codedeploy")
    deadline = time.monotonic() + LIMIT / 2
    while time.monotonic() < deadline and not failing(account):
        time.sleep(0.1)
    time.sleep(2)  # what the watch sees, it sees at its next look
    codedeploy.stop_deployment(deploymentId=deployment_id, autoRollbackEnabled=True)
    watch.join(LIMIT)
    told = events(watched[0])
    unsteady = [one for one in told if one["event"] == "unsteady"]
    assert unsteady, told
    return unsteady, told[-1]


@pytest.fixture
def patient_checks(account: Any) -> Iterator[None]:
    """Give health checks the time that a busy machine needs: a code is to be told, not a time-out."""

    def modify(interval: int, timeout: int) -> None:
        for side in ("blue", "green"):
            account.client("elbv2").modify_target_group(
                TargetGroupArn=account.made[side],
                HealthCheckIntervalSeconds=interval,
                HealthCheckTimeoutSeconds=timeout,
                UnhealthyThresholdCount=2,
            )

    modify(30, 29)
    yield
    modify(5, 2)


@pytest.mark.parametrize(
    ("container", "cause", "line", "step"),
    [
        (CRASHES, "Essential container in task exited; container rust-api: exit code 3", LAST_WORDS, "its log say"),
        (RUNS_OUT, "exit code 137 (killed, as when memory runs out)", "eating", "`memory` under [task]"),
        (ENDS_WELL, "container rust-api: exit code 0", "all done", "keep the program running"),
        ({"image": "rehearsal:nowhere"}, "CannotPullContainerError", "", "put the image into its registry"),
        (
            {"secrets": [{"name": "KEY", "valueFrom": "/nowhere/key"}]},
            "ResourceInitializationError",
            "",
            "then release again",
        ),
    ],
    ids=["crash", "killed", "ends", "no image", "no secret"],
)
def test_tasks_that_end_are_told_while_codedeploy_waits_with_their_last_lines(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    container: dict[str, Any],
    cause: str,
    line: str,
    step: str,
) -> None:
    before = live(account)
    (told, *_later), found = stopped_when_told(run, account, begin(register(**container)))
    assert cause in told["reason"]
    assert f"  {line}" in told["details"] or not line
    assert step in told["next_step"]
    assert (found["error_code"], found["status"], found["rollback_status"]) == ("MANUAL_STOP", "Stopped", "Succeeded")
    assert "The deployment was stopped by a user." in found["reason"]
    assert any(cause in one for one in found["details"]), found
    assert f"  {line}" in found["details"] or not line
    assert "CloudTrail" in found["next_step"]
    assert [one["revision"] for one in found["traffic"]] == [before]


@pytest.mark.parametrize(
    ("container", "reason", "step"),
    [
        (NOT_HEALTHY, "Health checks failed with these codes: [404]", "`path` and"),
        (OTHER_PORT, "Health checks failed", "listen on port 3000"),
    ],
    ids=["code", "port"],
)
def test_tasks_that_fail_their_health_checks_are_told_with_the_load_balancers_reason(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    patient_checks: None,
    container: dict[str, Any],
    reason: str,
    step: str,
) -> None:
    told, found = stopped_when_told(run, account, begin(register(**container)))
    # A look may fall between the end of a task and the event that says what its target answered: then it is told next.
    assert [one for one in told if reason in one["reason"] and step in one["next_step"]], told
    assert any(reason in one for one in found["details"]), found


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_hour_of_install_ends_with_the_crash_as_its_cause(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str]
) -> None:
    before, deployment_id = live(account), begin(register(**CRASHES))
    while run("watch", deployment_id, "--time-limit", "45s").code == 3:
        pass
    found = outcome(run, account, deployment_id, before)
    assert found["error_code"] == "TIMEOUT"
    assert found["reason"].startswith(
        "the replacement's tasks did not become steady: Essential container in task exited; container rust-api: "
        "exit code 3 ("
    )
    assert f"  {LAST_WORDS}" in found["details"]
