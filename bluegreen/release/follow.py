"""Follows one deployment to its end and tells every change once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import deployments, hook_verdict
from .changes import Sides, changes
from .evidence import Evidence

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .hook_verdict import Verdict
    from .report import Report
    from .snapshot import Snapshot


@dataclass(frozen=True)
class Pace:
    """Seconds between two looks, and how long to wait at the end for log lines that CloudWatch still holds back."""

    look: float = 3.0
    settle: float = 15.0


@dataclass
class Follower:
    """What has been told of a deployment so far."""

    clients: Clients
    target: ReleaseTarget
    report: Report
    sides: Sides
    pace: Pace
    last: Snapshot | None = None
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)

    def look(self, deployment_id: str) -> Snapshot:
        """Take a snapshot and tell what is new in it, verdicts right after the event that they belong to."""
        now = deployments.read(self.clients.codedeploy, deployment_id)
        for event in changes(self.last, now, self.sides, self.target.options):
            self.report.tell(event)
        self.last = now
        if len(self.verdicts) < self._hooks(now, over=False):
            self._tell_verdicts(now)
        return now

    def until_over(self, deployment_id: str, deadline: float) -> Snapshot:
        """Look again and again until the deployment is over or `deadline` (monotonic seconds) has come."""
        while not (now := self.look(deployment_id)).over and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(self.pace.look, left))
        if now.over:
            self._settle(now)
        return now

    def _settle(self, now: Snapshot) -> None:
        deadline = time.monotonic() + self.pace.settle
        while len(self.verdicts) < self._hooks(now, over=True) and not self.evidence.notes:
            if time.monotonic() > deadline:
                return
            time.sleep(self.pace.look)
            self._tell_verdicts(now)

    def _hooks(self, now: Snapshot, *, over: bool) -> int:
        """Count the events that have called the hook; a rollback deployment calls none."""
        if now.rolls_back:
            return 0
        called = [event for event in now.lifecycle if event.name in self.target.hooks]
        return sum(event.over or (not over and event.status == "InProgress") for event in called)

    def _tell_verdicts(self, now: Snapshot) -> None:
        since = int(now.created.timestamp() * 1000) if now.created else 0
        logs, log_group = self.clients.logs, self.target.hook_log_group

        def read() -> tuple[Verdict, ...]:
            return hook_verdict.read(logs, log_group=log_group, deployment_id=now.deployment_id, since_ms=since)

        for one in self.evidence.read(read, ()):
            if one.execution_id not in self.verdicts:
                self.verdicts[one.execution_id] = one
                self.report.tell(hook_verdict.as_event(one, now.deployment_id))
