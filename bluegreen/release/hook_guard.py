"""Acts on a hook that is silent: says why, and stops the deployment with a rollback."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import deployments, hook_function, origin, record_store, silence, stopper, watchdog
from .errors import ReleaseError, in_one_line
from .event import Event
from .evidence import Evidence
from .outage import passes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .hook_function import HookFunction
    from .reason import Reason
    from .report import Report
    from .snapshot import Snapshot
    from .watchdog import Silence


@dataclass
class HookGuard:
    """Watches the hooks of one deployment.

    `grace` is seconds beyond a function's own time limit, `replacement` the `family:revision` under deployment.
    """

    clients: Clients
    target: ReleaseTarget
    report: Report
    grace: float
    replacement: str
    monotonic: Callable[[], float] = time.monotonic
    since: dict[str, float] = field(default_factory=dict)
    functions: dict[str, HookFunction] | None = None
    reason: Reason | None = None
    """Why it acted; None as long as it has not."""

    def look(self, now: Snapshot) -> None:
        """Judge the deployment as it is now, and act at most once."""
        if self.reason:
            return
        self.since = watchdog.begun(self.since, now, self.monotonic())
        if not self.since:
            return
        if self.functions is None:
            self.functions = self._functions(now)
        limits = {event: one.timeout + self.grace for event, one in self.functions.items()}
        found = watchdog.judge(now, self.since, limits, self.monotonic())
        if found:
            self._act(now, found, self.functions[found.event])

    def _functions(self, now: Snapshot) -> dict[str, HookFunction]:
        evidence = Evidence()
        found = hook_function.of(self.clients, self.target, now, evidence)
        for note in evidence.notes:
            minutes = hook_function.LONGEST_SECONDS / 60
            self._note(now, f"the hook's own time limit is not known, so it gets {minutes:.0f} min: {note}")
        return found

    def _act(self, now: Snapshot, found: Silence, function: HookFunction) -> None:
        begun = next((one.start for one in now.lifecycle if one.name == found.event and one.start), now.created)
        since = int(begun.timestamp() * 1000) if begun else 0
        evidence = Evidence()
        lines = evidence.read(lambda: hook_function.log_since(self.clients, function, since), [])
        told = [*lines, *(f"(not readable: {note})" for note in evidence.notes)]
        why = silence.explain(found, function, told, self.target)
        refusal = self._stop(now)
        if refusal is None:  # AWS is away for a moment: the next look tries again
            return
        self.reason = why
        self._tell(now, found, function, why, refusal)
        if not refusal:
            by = stopper.watch_of(origin.who(self.clients.sts, os.environ))
            record_store.keep_stop(self.clients, self.target, now, self.replacement, by)

    def _stop(self, now: Snapshot) -> str | None:
        """Return why it could not be stopped, empty when it was, None when to try again."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

        try:
            deployments.stop(self.clients.codedeploy, now.deployment_id, rollback=True)
        except (BotoCoreError, ClientError, ReleaseError) as error:
            return None if passes(error) else in_one_line(error)
        return ""

    def _tell(self, now: Snapshot, found: Silence, function: HookFunction, why: Reason, refusal: str) -> None:
        fields = {
            "deployment_id": now.deployment_id,
            "name": found.event,
            "function": function.name,
            "timeout": function.timeout,
            "seconds": round(found.seconds, 1),
            "stopped": not refusal,
            "reason": why.cause,
            "details": list(why.details),
            "next_step": why.next_step,
        }
        done = f"not stopped: {refusal}" if refusal else "stopped with a rollback instead of waiting CodeDeploy's hour"
        text = "\n  ".join([f"silent hook: {why.cause}", *why.details, done])
        self.report.tell(Event(kind="silence", text=text, fields=fields, tone="bad"))

    def _note(self, now: Snapshot, note: str) -> None:
        fields = {"deployment_id": now.deployment_id, "note": note}
        self.report.tell(Event(kind="note", text=f"note: {note}", fields=fields))
