"""Watches a deployment for a verb: to its end, to the time limit, or until Ctrl-C."""

from __future__ import annotations

import os
import time
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import outcome, record_store, summary, until
from .duration import words
from .errors import DEBUG, ReleaseError, in_one_line
from .event import Event
from .exit_codes import ExitCode
from .follow import Follower, Pace
from .hook_guard import HookGuard
from .options import Until
from .outage import Outage
from .outcome import Outcome, Stop

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .changes import Sides
    from .environment import Environment
    from .report import Report
    from .snapshot import Snapshot

REHEARSAL_PACE = Pace(look=0.3, settle=3.0, grace=12.0)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What a watch needs beside the deployment's id; `limit` is in seconds.

    `stop` says that the deployment was stopped on purpose: `Stopped` is the end that is wanted then.
    `watchdog` stops a deployment whose hook is silent. `until` is how far it is watched.
    """

    environment: Environment
    target: ReleaseTarget
    report: Report
    limit: float
    stop: Stop | None = None
    watchdog: bool = True
    until: Until = Until.FINISHED

    def run(self, deployment_id: str, sides: Sides) -> ExitCode:
        """Follow the deployment and tell its outcome; leaving early never touches the deployment."""
        try:
            return self._run(deployment_id, sides)
        finally:
            self.report.close()

    def _run(self, deployment_id: str, sides: Sides) -> ExitCode:
        follower = self._follower(sides)
        try:
            early = until.shifted if self.until is Until.SHIFTED else None
            ended = follower.until_over(deployment_id, time.monotonic() + self.limit, early)
            if early and early(ended):
                return self._shifted(follower, ended)
            if not ended.over:
                return self._left(deployment_id, f"still {ended.status} after {words(self.limit)}", ExitCode.RUNNING)
            found = self._outcome(follower, ended)
        except KeyboardInterrupt:
            return self._left(deployment_id, "not watched any more; it goes on", ExitCode.INTERRUPTED)
        except ReleaseError:
            raise  # there is no such deployment: no other is refused once it is watched
        except Exception as error:
            # Whatever it is, also a fault of ours: the deployment runs, and that is what the exit code has to say.
            if os.environ.get(DEBUG):
                traceback.print_exc()
            return self._left(deployment_id, f"goes on without a watch: {in_one_line(error)}", ExitCode.RUNNING)
        self.report.tell(outcome.as_event(found))
        summary.append(self.environment.name, found)
        record_store.keep(follower, found)
        return found.exit_code

    def _follower(self, sides: Sides) -> Follower:
        pace = REHEARSAL_PACE if self.target.rehearsal else Pace()
        clients, target, report = self.environment.clients, self.target, self.report
        guarded = self.watchdog and self.stop is None
        guard = HookGuard(clients, target, report, pace.grace, sides.replacement) if guarded else None
        return Follower(clients, target, report, sides, pace, Outage(report, pace.look), guard)

    def _outcome(self, follower: Follower, ended: Snapshot) -> Outcome:
        """Find the outcome; what the watchdog stopped is stopped because of the hook, and is no good end."""
        why = follower.guard.reason if follower.guard else None
        if why is None or ended.status != "Stopped":
            return outcome.find(follower, ended, self.stop)
        return replace(outcome.find(follower, ended, Stop(rollback=True)), stop=None, reason=why)

    def _shifted(self, follower: Follower, now: Snapshot) -> ExitCode:
        told = until.as_event(now, follower.sides, self.target.options, self.environment.clients.clock.now())
        self.report.tell(told)
        summary.shifted(self.environment.name, now, told.text.splitlines())
        record_store.keep(follower, Outcome(deployment=now, revision=follower.sides.replacement, traffic=()))
        return ExitCode.DONE

    def _left(self, deployment_id: str, words: str, code: ExitCode) -> ExitCode:
        again = f"`bluegreen watch {deployment_id} {self.target.options}`"
        fields = {"deployment_id": deployment_id, "exit_code": int(code)}
        self.report.tell(Event(kind="left", text=f"{deployment_id} {words}\nto go on watching: {again}", fields=fields))
        return code
