"""A deployment: what was asked, how far it is, and the facts that API calls leave for its next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .appspec import AppSpec
from .hook_execution import HookExecution
from .lifecycle import Lifecycle
from .revision import Revision
from .task_set_info import TaskSetInfo
from .terms import Terms

READY_WAIT = "READY_WAIT"
TERMINATION_WAIT = "TERMINATION_WAIT"


class Status(StrEnum):
    """What AWS calls DeploymentStatus, without those that no ECS deployment shows."""

    CREATED = "Created"
    IN_PROGRESS = "InProgress"
    READY = "Ready"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    STOPPED = "Stopped"

    @property
    def terminal(self) -> bool:
        return self in _TERMINAL


_TERMINAL = frozenset({Status.SUCCEEDED, Status.FAILED, Status.STOPPED})


@dataclass(frozen=True, kw_only=True)
class StopRequest:
    """StopDeployment was called; None leaves the rollback to the configured events."""

    rollback: bool | None = None


@dataclass(kw_only=True)
class Deployment:
    """Times are epoch seconds; `snapshot` holds the group's settings as the API shows them.

    `missing` is an error code once the application or group is deleted: the deployment fails with it unless it began.
    """

    id: str
    application: str
    group: str
    configuration: str
    terms: Terms
    revision: Revision
    created: float
    creator: str = "user"
    description: str | None = None
    appspec: AppSpec | None = None
    previous_revision: Revision | None = None
    snapshot: Mapping[str, Any] = field(default_factory=dict)

    status: Status = Status.CREATED
    started: float | None = None
    completed: float | None = None
    updated: float | None = None
    error: Mapping[str, str] | None = None
    rollback: Mapping[str, str] | None = None
    lifecycle: Lifecycle = field(init=False)
    task_sets: tuple[TaskSetInfo, ...] = ()
    termination_wait_started: bool = False

    missing: str | None = None
    stop: StopRequest | None = None
    stoppable: bool = True
    waiting: str | None = None
    continued: set[str] = field(default_factory=set)
    hooks: dict[str, HookExecution] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lifecycle = Lifecycle(self.terms.test_listener is not None)

    def close(self, now: float) -> None:
        """Take no stop and no continue any more: it will not succeed."""
        self.lifecycle.abandon(now)
        self.stoppable, self.waiting = False, None

    def end(self, status: Status, now: float) -> None:
        """Make `status` its last one."""
        self.stoppable, self.waiting = False, None
        self.status, self.completed, self.updated = status, now, now

    def overview(self) -> dict[str, int] | None:
        """Count its targets by status once it is over: an ECS deployment has one, however many tasks run."""
        if not self.status.terminal:
            return None
        counts = dict.fromkeys(("Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Ready"), 0)
        return counts | {self.target_status: 1}

    @property
    def target_status(self) -> str:
        """What AWS calls TargetStatus; there is no `Stopped` among them."""
        if self.status is Status.CREATED:
            return "Pending"
        return "Failed" if self.status is Status.STOPPED else self.status.value
