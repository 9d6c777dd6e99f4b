"""Why a task ended, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bluegreen.release import task_end
from bluegreen.release.task_end import ContainerEnd, TaskEnd
from tests.release.conftest import SAMPLE


def task(code: str, reason: str, *containers: dict[str, Any]) -> TaskEnd:
    arn = "arn:aws:ecs:us-east-1:1:task/cluster/0123"
    at = datetime(2026, 11, 22, 14, tzinfo=UTC)
    return task_end.parse(
        {"taskArn": arn, "stopCode": code, "stoppedReason": reason, "stoppedAt": at, "containers": containers}
    )


def exited(code: int | None, reason: str = "", name: str = "rust-api") -> dict[str, Any]:
    return {"name": name, "exitCode": code, "reason": reason}


def test_a_task_that_ended_by_itself_tells_its_exit_code() -> None:
    found = task("EssentialContainerExited", "Essential container in task exited", exited(2))
    assert (found.task_id, found.counts) == ("0123", True)
    assert found.words == "Essential container in task exited; container rust-api: exit code 2"


def test_a_task_that_the_scheduler_did_not_want_any_more_does_not_count() -> None:
    assert not task("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)").counts


def test_one_that_it_ended_for_its_health_checks_counts_without_its_exit_code() -> None:
    reason = "Task failed ELB health checks in (target-group arn:x)"
    found = task("ServiceSchedulerInitiated", reason, exited(143))
    assert (found.counts, found.words) == (True, reason)


def test_the_container_that_failed_is_guilty_and_not_those_that_were_told_to_stop() -> None:
    sidecar, app = exited(143, name="proxy"), exited(1)
    found = task("EssentialContainerExited", "Essential container in task exited", sidecar, app)
    assert found.guilty == ContainerEnd(name="rust-api", exit_code=1)
    assert task("TaskFailedToStart", "x").guilty is None
    assert task("TaskFailedToStart", "x", exited(None)).guilty == ContainerEnd(name="rust-api")


@pytest.mark.parametrize(
    ("end", "step"),
    [
        (
            task(
                "EssentialContainerExited",
                "Essential container in task exited",
                exited(137, "OutOfMemoryError: container killed due to memory usage"),
            ),
            "`memory` under [task]",
        ),
        (task("EssentialContainerExited", "Essential container in task exited", exited(137)), "the memory that"),
        (task("EssentialContainerExited", "Essential container in task exited", exited(0)), "keep the program running"),
        (task("EssentialContainerExited", "Essential container in task exited", exited(101)), "its log say"),
        (
            task("TaskFailedToStart", "CannotPullContainerError: failed to resolve ref x:y: not found"),
            "put the image into its registry",
        ),
        (
            task("TaskFailedToStart", "CannotPullContainerError: no matching manifest for linux/arm64"),
            "architecture of the tasks",
        ),
        (
            task(
                "TaskFailedToStart", "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit"
            ),
            "copy the image",
        ),
        (
            task("TaskFailedToStart", "CannotPullContainerError: dial tcp 1.2.3.4:443: i/o timeout"),
            "NAT gateway, VPC endpoints",
        ),
        (
            task("TaskFailedToStart", "CannotPullContainerError: AccessDeniedException: ecr:BatchGetImage"),
            "execution role",
        ),
        (
            task(
                "TaskFailedToStart",
                "ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException",
            ),
            "make the secret",
        ),
        (
            task("TaskFailedToStart", "ResourceInitializationError: failed to validate logger args: no such group"),
            "make the log group",
        ),
        (task("TaskFailedToStart", "CannotStartContainerError: no such file"), "entry point and command"),
        (task("ServiceSchedulerInitiated", "Task failed container health checks"), "`healthCheck` command"),
        (task("ServiceSchedulerInitiated", "Task failed ELB health checks in (x)"), "answer its health check"),
        (task("UserInitiated", "Task stopped by user"), "whoever stopped the task"),
        (task("SpotInterruption", "Your Spot Task was interrupted."), "took the capacity back"),
        (task("SomethingNew", ""), "its log say"),
    ],
)
def test_each_kind_of_end_has_a_next_step(end: TaskEnd, step: str) -> None:
    assert step in task_end.next_step(end, SAMPLE)
    assert "release" in task_end.next_step(end, SAMPLE)


def test_a_signal_is_told_in_words() -> None:
    found = task("EssentialContainerExited", "Essential container in task exited", exited(137))
    assert found.words.endswith("container rust-api: exit code 137 (killed, as when memory runs out)")
