"""Watches a deployment for a verb: to its end, to the time limit, or until Ctrl-C."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from . import outcome, record_store, summary
from .duration import seconds
from .errors import in_one_line
from .event import Event
from .exit_codes import ExitCode
from .follow import Follower, Pace

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .changes import Sides
    from .environment import Environment
    from .outcome import Stop
    from .report import Report

TimeLimit = Annotated[
    float,
    typer.Option(parser=seconds, metavar="DURATION", help="Stop watching after 90s, 30m, 2h: exit code 3."),
]
ONE_HOUR = "1h"

REHEARSAL_PACE = Pace(look=0.3, settle=3.0)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What a watch needs beside the deployment's id; `limit` is in seconds.

    `stop` says that the deployment was stopped on purpose: `Stopped` is the end that is wanted then.
    """

    environment: Environment
    target: ReleaseTarget
    report: Report
    limit: float
    stop: Stop | None = None

    def run(self, deployment_id: str, sides: Sides) -> ExitCode:
        """Follow the deployment and tell its outcome; leaving early never touches the deployment."""
        pace = REHEARSAL_PACE if self.environment.settings.rehearsal else Pace()
        follower = Follower(self.environment.clients, self.target, self.report, sides, pace)
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

        try:
            ended = follower.until_over(deployment_id, time.monotonic() + self.limit)
            if not ended.over:
                return self._left(deployment_id, f"still {ended.status} after {self.limit:.0f} s", ExitCode.RUNNING)
            found = outcome.find(follower, ended, self.stop)
        except KeyboardInterrupt:
            return self._left(deployment_id, "not watched any more; it goes on", ExitCode.INTERRUPTED)
        except (BotoCoreError, ClientError) as error:
            return self._left(deployment_id, f"goes on without a watch: {in_one_line(error)}", ExitCode.RUNNING)
        self.report.tell(outcome.as_event(found))
        summary.append(self.environment.name, found)
        record_store.keep(follower, found)
        return found.exit_code

    def _left(self, deployment_id: str, words: str, code: ExitCode) -> ExitCode:
        again = f"`bluegreen watch {deployment_id} {self.target.options}`"
        fields = {"deployment_id": deployment_id, "exit_code": int(code)}
        self.report.tell(Event(kind="left", text=f"{deployment_id} {words}\nto go on watching: {again}", fields=fields))
        return code
