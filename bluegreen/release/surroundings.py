"""What is good to know beside a deployment: its group's alarms, and how long the last ones took.

A release never depends on it: what may not be read is told once, and not asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from . import expected
from .alarms import Alarms
from .errors import in_one_line
from .event import Event
from .outage import passes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .expected import Expected
    from .report import Report
    from .snapshot import Snapshot

T = TypeVar("T")


@dataclass
class Surroundings:
    """Reads them while AWS lets it."""

    clients: Clients
    target: ReleaseTarget
    report: Report
    alarms: Alarms = field(init=False)
    refused: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.alarms = Alarms(self.clients, self.target)

    def look(self, now: Snapshot) -> None:
        """Tell the alarms' states when they are new."""
        event = self._ask("the alarms", lambda: self.alarms.look(now), now)
        if event:
            self.report.tell(event)

    def expected(self, now: Snapshot) -> Expected | None:
        """Return how long such a deployment takes; None for one that is over, for a rollback, and without history."""
        if now.over or now.rolls_back:
            return None
        return self._ask("the expected time", lambda: expected.of(self.clients.codedeploy, self.target, now), now)

    def _ask(self, what: str, call: Callable[[], T], now: Snapshot) -> T | None:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

        if what in self.refused:
            return None
        try:
            return call()
        except (BotoCoreError, ClientError) as error:
            if not passes(error):
                self.refused.add(what)
                note = f"{what} cannot be shown: {in_one_line(error)}"
                fields = {"deployment_id": now.deployment_id, "note": note}
                self.report.tell(Event(kind="note", text=f"note: {note}", fields=fields))
            return None
