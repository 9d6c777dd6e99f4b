"""What happens in production: a canary release, and one that only its alarms find out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bluegreen.rehearsal import releases
from bluegreen.rehearsal.cast import BLUE, BROKEN, GREEN
from bluegreen.rehearsal.command_line import CommandLine, Outcome
from bluegreen.rehearsal.live import Live
from bluegreen.rehearsal.visitors import Visitors
from bluegreen.rehearsal.visits import Visits

from .account import PRODUCTION, Account

RATE = 80
LIMIT = 120.0
"""Seconds for what takes some twenty: the machine may have much else to do."""


@dataclass(frozen=True, kw_only=True)
class History:
    """Revisions are `family:number`."""

    first: str
    good: Outcome
    good_revision: str
    visits_of_good: Visits
    tasks: int
    bad: Outcome
    visits_of_bad: Visits
    back: str
    answer: str


class Production:
    """The environment with visitors before it."""

    def __init__(self, account: Account, eventually: Callable[..., None]) -> None:
        (settings,) = account.services(PRODUCTION)
        self._stage, self._eventually = account.stage, eventually
        self._live = Live.of(account.stage, settings)
        self._command = CommandLine(account.stage, account.tell, self._live.target)

    def play(self) -> History:
        self._live.get("/one", expected=GREEN.key)
        first = self._live.revision()
        good, visits_of_good = self._visited(self._release)
        good_revision, tasks = self._live.revision(), self._tasks()
        bad, visits_of_bad = self._visited(lambda: self._command.deploy(BROKEN).wait())
        self._eventually(lambda: not self._red(), LIMIT)
        return History(
            first=first,
            good=good,
            good_revision=good_revision,
            visits_of_good=visits_of_good,
            tasks=tasks,
            bad=bad,
            visits_of_bad=visits_of_bad,
            back=self._live.revision(),
            answer=self._live.get("/one", expected=BLUE.key),
        )

    def _visited(self, release: Callable[[], Outcome]) -> tuple[Outcome, Visits]:
        visitors = Visitors(f"{self._live.url}/one", rate=RATE)
        visitors.start()
        try:
            outcome = release()
        finally:
            visits = visitors.stop()
        return outcome, visits

    def _release(self) -> Outcome:
        """Release the good version; once all traffic has moved, nobody waits for the old tasks' half hour."""
        known = releases.ids(self._stage.client, self._live.target)
        running = self._command.deploy(BLUE)
        deployment_id = releases.wait_for_new(self._stage.client, self._live.target, known, LIMIT)
        self._eventually(lambda: self._moved(deployment_id), LIMIT)
        self._command.go_on(deployment_id)
        return running.wait()

    def _moved(self, deployment_id: str) -> bool:
        info = self._stage.client("codedeploy").get_deployment(deploymentId=deployment_id)["deploymentInfo"]
        return info["status"] in releases.ENDED or bool(info.get("instanceTerminationWaitTimeStarted"))

    def _tasks(self) -> int:
        target = self._live.target
        listed = self._stage.client("ecs").list_tasks(cluster=target.cluster, serviceName=target.service)
        return len(listed["taskArns"])

    def _red(self) -> list[str]:
        found = self._stage.client("cloudwatch").describe_alarms(AlarmNamePrefix=PRODUCTION, StateValue="ALARM")
        return [alarm["AlarmName"] for alarm in found["MetricAlarms"]]
