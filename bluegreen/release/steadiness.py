"""Looks at the replacement's tasks while a deployment goes on: CodeDeploy itself waits an hour without a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import trouble, unsteady
from .evidence import Evidence
from .trouble import Trouble

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .event import Event
    from .snapshot import Snapshot


@dataclass
class Steadiness:
    """What has been seen so far and, of that, what has been told; `revision` is the replacement's."""

    clients: Clients
    target: ReleaseTarget
    revision: str
    seen: Trouble = field(default_factory=Trouble)
    told: tuple[str, bool] | None = None

    def look(self, now: Snapshot) -> Event | None:
        """Look, keep what was found, and return what to tell; None when that is nothing new.

        What may not be read is passed over here: the end of the deployment tells it, once.
        """
        if not due(now):
            return None
        found = trouble.read(self.clients, self.target, now, self.revision, Evidence())
        self.seen = found.after(self.seen)
        cause = unsteady.find(self.seen, self.target)
        if cause is None or cause.key == self.told:
            return None
        self.told = cause.key
        return unsteady.as_event(cause, now.deployment_id, self.revision)


def due(now: Snapshot) -> bool:
    """Whether there are tasks of a replacement that have to be steady: not in a wait, where nothing depends on them."""
    if now.status != "InProgress" or now.rolls_back or now.termination_wait_started:
        return False
    return any(one.label == "Green" for one in now.task_sets)
