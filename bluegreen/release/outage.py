"""Goes on through an outage: AWS that cannot be reached, throttles or fails for a while, and comes back."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from .errors import THROTTLED, code_of, in_one_line
from .event import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from .report import Report

T = TypeVar("T")
TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500


def passes(error: BaseException) -> bool:
    """Whether the same call may work later without anybody doing anything about it."""
    from botocore import exceptions  # noqa: PLC0415 - boto3 is imported by now

    if isinstance(error, exceptions.ClientError):
        status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0)
        return status >= SERVER_ERROR or status == TOO_MANY_REQUESTS or code_of(error) in THROTTLED
    return isinstance(error, (exceptions.HTTPClientError, exceptions.ConnectionError, AnswerError))


class AnswerError(Exception):
    """Something answered that is not AWS: the log-in page of a network, a proxy."""


@dataclass
class Outage:
    """Tells once that AWS is lost and once that it is back; times are monotonic seconds."""

    report: Report
    pause: float
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    since: float | None = None

    def through(self, call: Callable[[], T], deployment_id: str, deadline: float) -> T:
        """Make a call again and again until it works.

        Raises:
            Exception: what the call raised, where it does not pass by itself or `deadline` has come.
        """
        while True:
            try:
                found = call()
            except Exception as error:
                left = deadline - self.monotonic()
                if not passes(error) or left <= 0:
                    raise
                self._lost(error, deployment_id)
                self.sleep(min(self.pause, left))
            else:
                self._back(deployment_id)
                return found

    def _lost(self, error: BaseException, deployment_id: str) -> None:
        if self.since is not None:
            return
        self.since = self.monotonic()
        words = in_one_line(error)
        fields = {"deployment_id": deployment_id, "state": "lost", "reason": words, "seconds": None}
        text = f"connection lost: {words}\nthe deployment goes on; so does this watch, when AWS answers again"
        self.report.tell(Event(kind="connection", text=text, fields=fields, tone="bad"))

    def _back(self, deployment_id: str) -> None:
        if self.since is None:
            return
        seconds, self.since = self.monotonic() - self.since, None
        fields = {"deployment_id": deployment_id, "state": "back", "reason": None, "seconds": round(seconds, 1)}
        text = f"connection back after {seconds:.0f} s"
        self.report.tell(Event(kind="connection", text=text, fields=fields, tone="good"))
