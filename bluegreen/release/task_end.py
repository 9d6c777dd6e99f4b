"""Why a task of the replacement ended, as DescribeTasks tells it, and what to do about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bluegreen.release_target import ReleaseTarget

BY_ITSELF = frozenset({"EssentialContainerExited", "TaskFailedToStart"})
"""Stop codes of a task that ended by itself: the others are the scheduler's, a user's or AWS's doing."""
FROM_OUTSIDE = frozenset({"SpotInterruption", "TerminationNotice", "InfrastructureHealth", "UserInitiated"})
TARGET_CHECKS, CONTAINER_CHECKS = "Task failed ELB health checks", "Task failed container health checks"
SIGNALS = {137: "killed, as when memory runs out", 139: "a crash in memory it does not own", 143: "told to stop"}
"""What a container's exit code says beside its number: 128 and a signal's number."""
TOLD_TO_STOP = (137, 143)


@dataclass(frozen=True, kw_only=True)
class ContainerEnd:
    """How one container ended; `exit_code` is None when it never ran or has not ended."""

    name: str
    exit_code: int | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """Its exit code and reason; empty when it has neither."""
        meaning = SIGNALS.get(self.exit_code or 0)
        code = "" if self.exit_code is None else f"exit code {self.exit_code}" + (f" ({meaning})" if meaning else "")
        parts = [one for one in (code, self.reason) if one]
        return f"container {self.name}: {', '.join(parts)}" if parts else ""


@dataclass(frozen=True, kw_only=True)
class TaskEnd:
    """How one task ended; it counts when it was not the scheduler's doing."""

    task_id: str
    stop_code: str
    reason: str
    stopped: datetime | None = None
    containers: tuple[ContainerEnd, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether something was wrong: the scheduler ends healthy tasks too, when they are not wanted any more."""
        return self.stop_code in BY_ITSELF | FROM_OUTSIDE or self.failed_checks

    @property
    def failed_checks(self) -> bool:
        """Whether the scheduler ended it because of health checks."""
        return self.reason.startswith((TARGET_CHECKS, CONTAINER_CHECKS))

    @property
    def words(self) -> str:
        """Why, in ECS's words, with what is known of its containers where it ended by itself."""
        ends = [] if self.failed_checks else [one.words for one in self.containers]
        return "; ".join([self.reason or self.stop_code, *(one for one in ends if one)])

    @property
    def guilty(self) -> ContainerEnd | None:
        """The container that ended first, as far as can be told: the others are told to stop then."""
        own = [one for one in self.containers if one.exit_code not in (None, *TOLD_TO_STOP)]
        return next(iter(sorted(own, key=lambda one: not one.exit_code)), next(iter(self.containers), None))


def parse(task: Mapping[str, Any]) -> TaskEnd:
    """Read one of the tasks that DescribeTasks returns."""
    return TaskEnd(
        task_id=task.get("taskArn", "").rpartition("/")[2],
        stop_code=task.get("stopCode") or "",
        reason=task.get("stoppedReason") or "",
        stopped=task.get("stoppedAt") or task.get("stoppingAt"),
        containers=tuple(
            ContainerEnd(name=one.get("name", ""), exit_code=one.get("exitCode"), reason=one.get("reason") or "")
            for one in task.get("containers", [])
        ),
    )


MEMORY = "`memory` under [task] in the settings"
NEXT_STEPS = (
    (("OutOfMemoryError",), Step("give the task more memory, or mend what takes it", ours=MEMORY)),
    (
        ("no matching manifest", "does not contain descriptor matching platform", "exec format error"),
        Step("build the image for the architecture of the tasks", ours="`bluegreen push` does"),
    ),
    (
        ("toomanyrequests", "rate limit"),
        Step("copy the image into a repository of your own: its registry lets nobody pull so often"),
    ),
    (
        ("i/o timeout", "dial tcp", "no such host", "context deadline exceeded", "connection refused", "network"),
        Step("let the tasks' subnets reach it: NAT gateway, VPC endpoints, security groups"),
    ),
    (
        ("AccessDenied", "not authorized", "no basic auth credentials", "403 Forbidden", "denied"),
        Step("grant it to the task's execution role"),
    ),
    (("CannotPullContainerError",), Step("put the image into its registry under that name")),
    (
        ("logger args", "log stream", "log driver"),
        Step("make the log group that the task definition names, or let the execution role write to it"),
    ),
    (("ResourceInitializationError",), Step("make the secret that the task definition names, under that name and key")),
    (("CannotStartContainerError", "ContainerRuntimeError"), Step("mend the image's entry point and command")),
    ((TARGET_CHECKS,), Step("make the service answer its health check in time")),
    (
        (CONTAINER_CHECKS,),
        Step("run the `healthCheck` command of the task definition in the image, and mend what it finds"),
    ),
)
"""By words in a task's reason: the first that is found counts."""
BY_STOP_CODE = {
    "SpotInterruption": "release again: AWS took the capacity back",
    "TerminationNotice": "release again: AWS took the machine away",
    "InfrastructureHealth": "release again: the machine was at fault",
    "UserInitiated": "release again when whoever stopped the task agrees",
}
AGAIN = "release it under a new tag"


def next_step(end: TaskEnd, target: ReleaseTarget) -> str:
    """Say what to do about it."""
    if end.stop_code in BY_STOP_CODE:
        return BY_STOP_CODE[end.stop_code]
    text = end.words
    found = next((step for signs, step in NEXT_STEPS if any(sign in text for sign in signs)), None)
    if found:
        return f"{found.fit(target)}, then release again"
    codes = {one.exit_code for one in end.containers}
    if codes == {0}:
        return f"keep the program running: it ended by itself and called that a success; {AGAIN}"
    if 137 in codes:
        step = Step("look at the memory that the task takes, and mend or raise it", ours=MEMORY)
        return f"{step.fit(target)}, then release again"
    return f"mend what the last lines of its log say and {AGAIN}"
