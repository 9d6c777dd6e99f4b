"""What can end a deployment at any step, and what is looked at meanwhile."""

from __future__ import annotations

from .call_failed import CallFailed
from .ending import ALARMS_ACTIVE, ALARMS_UNREADABLE, stopped_by_alarms, stopped_on_request
from .run import RETRY_FOR_SECONDS, Run

ALARM_POLL_SECONDS = 10.0
TARGET_POLL_SECONDS = 5.0


class StopWatch:
    """Ends the deployment once StopDeployment was called."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __call__(self) -> None:
        request = self._run.deployment.stop
        if request and self._run.deployment.stoppable:
            raise stopped_on_request(request.rollback)


class AlarmWatch:
    """Ends the deployment while an alarm is in ALARM; how it came to be so does not matter.

    Alarms that cannot be read end it too: at once where that will not pass, else after as long as any call is tried.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._due = 0.0
        self._unread_since: float | None = None

    def __call__(self) -> None:
        alarms = self._run.deployment.terms.alarms
        if not alarms.names or self._run.now < self._due:
            return
        self._due = self._run.now + self._run.clock.shorten(ALARM_POLL_SECONDS)
        try:
            states = self._run.role.describe_alarms(alarms.names)
        except CallFailed as failure:
            if alarms.ignore_failures or (failure.passing and self._may_pass()):
                return
            raise stopped_by_alarms(ALARMS_UNREADABLE.format(reason=failure.message)) from failure
        self._unread_since = None
        red = [f"<{name}>" for name in alarms.names if states.get(name) == "ALARM"]
        if red:
            raise stopped_by_alarms(ALARMS_ACTIVE.format(alarms=" ".join(red)))

    def _may_pass(self) -> bool:
        """Whether the alarms have been read a moment ago, so that they are tried again."""
        self._unread_since = self._run.now if self._unread_since is None else self._unread_since
        return self._run.now - self._unread_since < self._run.clock.shorten(RETRY_FOR_SECONDS)


class TargetWatch:
    """Keeps what the deployment target shows of the task sets up to date."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._due = 0.0

    def __call__(self) -> None:
        if self._run.now < self._due:
            return
        self._due = self._run.now + self._run.clock.shorten(TARGET_POLL_SECONDS)
        look(self._run)


def look(run: Run) -> None:
    """Read the task sets; when they cannot be read, the target keeps what it showed before."""
    terms = run.deployment.terms
    if run.sides is None:
        return
    try:
        service = run.role.describe_service(terms.cluster, terms.service)
    except CallFailed:
        return
    with run.lock:
        run.deployment.task_sets = run.sides.describe(service) if service else ()
        run.deployment.updated = run.now
