"""Follows one deployment to its end and tells every change once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import deployments, hook_verdict, opening
from .changes import Sides, changes
from .evidence import Evidence
from .outage import AnswerError, passes
from .steadiness import Steadiness
from .surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .hook_guard import HookGuard
    from .hook_verdict import Verdict
    from .outage import Outage
    from .report import Report
    from .snapshot import Snapshot


@dataclass(frozen=True)
class Pace:
    """Seconds: between two looks; for log lines that CloudWatch still holds back at the end; beyond a hook's own limit.

    The grace is for the start of a hook that has not run for long, and for its report's way.
    """

    look: float = 3.0
    settle: float = 15.0
    grace: float = 20.0


@dataclass
class Follower:
    """What has been told of a deployment so far; `deadline` is in monotonic seconds."""

    clients: Clients
    target: ReleaseTarget
    report: Report
    sides: Sides
    pace: Pace
    outage: Outage
    guard: HookGuard | None = None
    """None where a silent hook is nobody's business."""
    deadline: float = 0.0
    last: Snapshot | None = None
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    surroundings: Surroundings = field(init=False)
    steadiness: Steadiness = field(init=False)

    def __post_init__(self) -> None:
        self.surroundings = Surroundings(self.clients, self.target, self.report)
        self.steadiness = Steadiness(self.clients, self.target, self.sides.replacement)

    def read(self, deployment_id: str) -> Snapshot:
        """Take a snapshot, however long AWS stays away before the deadline."""
        return self.outage.through(lambda: self._read(deployment_id), deployment_id, self.deadline)

    def look(self, deployment_id: str) -> Snapshot:
        """Take a snapshot and tell what is new in it, verdicts right after the event that they belong to."""
        now = self.read(deployment_id)
        if self.last is None:
            self.report.tell(opening.as_event(now, self.sides, self.surroundings.expected(now), self.clients.clock))
        for event in changes(self.last, now, self.sides, self.target.options):
            self.report.tell(event)
        self.last = now
        if len(self.verdicts) < self._hooks(now, over=False):
            self._tell_verdicts(now)
        if not now.over:
            self.surroundings.look(now)
            if event := self.steadiness.look(now):
                self.report.tell(event)
        return now

    def until_over(
        self, deployment_id: str, deadline: float, early: Callable[[Snapshot], bool] | None = None
    ) -> Snapshot:
        """Look again and again until the deployment is over or `deadline` (monotonic seconds) has come.

        `early` says of a deployment that is not over whether this is far enough.
        """
        self.deadline = deadline
        while True:
            now = self.look(deployment_id)
            if now.over or (early and early(now)):
                self._settle(now)
                return now
            if (left := deadline - time.monotonic()) <= 0:
                return now
            if self.guard:
                self.guard.look(now)
            time.sleep(min(self.pace.look, left))

    def _read(self, deployment_id: str) -> Snapshot:
        found = deployments.read(self.clients.codedeploy, deployment_id)
        if not found.status:
            raise AnswerError("the answer is none of CodeDeploy's: is there a proxy or a log-in page on the way?")
        return found

    def _settle(self, now: Snapshot) -> None:
        if not self.target.hook_log_group or not self.target.hook_verdicts:
            return
        deadline = time.monotonic() + self.pace.settle
        while len(self.verdicts) < self._hooks(now, over=True) and not self.evidence.notes:
            is_last = time.monotonic() > deadline
            self._tell_verdicts(now, is_last=is_last)
            if is_last:
                return
            time.sleep(self.pace.look)

    def _hooks(self, now: Snapshot, *, over: bool) -> int:
        """Count the events that have called the hook; a rollback deployment calls none."""
        if now.rolls_back:
            return 0
        called = [event for event in now.lifecycle if event.name in self.target.hooks]
        return sum(event.over or (not over and event.status == "InProgress") for event in called)

    def _tell_verdicts(self, now: Snapshot, *, is_last: bool = False) -> None:
        since = int(now.created.timestamp() * 1000) if now.created else 0
        logs, log_group = self.clients.logs, self.target.hook_log_group

        def read() -> tuple[Verdict, ...]:
            try:
                return hook_verdict.read(logs, log_group=log_group, deployment_id=now.deployment_id, since_ms=since)
            except Exception as error:
                if is_last or not passes(error):
                    raise
                return ()

        for one in self.evidence.read(read, ()):
            if one.execution_id not in self.verdicts:
                self.verdicts[one.execution_id] = one
                self.report.tell(hook_verdict.as_event(one, now.deployment_id))
