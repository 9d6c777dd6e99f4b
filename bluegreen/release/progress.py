"""What a deployment that is not over does just now, since when, and how it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .snapshot import Snapshot


@dataclass(frozen=True)
class Progress:
    """`at` is a lifecycle event, `ready wait` or `termination wait`; `next_step` is what a person may do."""

    at: str
    since: datetime | None
    waits_for: str
    next_step: str


def of(deployment: Snapshot, options: str) -> Progress:
    """Tell where a deployment that is not over stands; `options` complete the commands named."""
    name = deployment.deployment_id
    go_on = f"`bluegreen continue {name} {options}` goes on at once, `bluegreen stop {options}` goes back"
    if deployment.status == "Ready":
        minutes = deployment.ready_wait_minutes
        return Progress("ready wait", _last_end(deployment), f"somebody to continue it, {minutes} min at most", go_on)
    if deployment.termination_wait_started:
        minutes = deployment.termination_wait_minutes
        return Progress("termination wait", _last_end(deployment), f"{minutes} min to pass, with the old tasks", go_on)
    watch = f"`bluegreen watch {name} {options}` follows it, `bluegreen stop {options}` goes back"
    event = next((one for one in deployment.lifecycle if one.status == "InProgress"), None)
    if event is None:
        return Progress(deployment.status, deployment.created, "CodeDeploy", watch)
    return Progress(event.name, event.start, WAITS_FOR.get(event.name, "the hook"), watch)


WAITS_FOR = {
    "Install": "the replacement's tasks to become steady",
    "AllowTestTraffic": "the test listener",
    "AllowTraffic": "production traffic to move",
}


def _last_end(deployment: Snapshot) -> datetime | None:
    return max((one.end for one in deployment.lifecycle if one.end), default=deployment.created)
