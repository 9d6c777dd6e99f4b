"""How long a verb waits for a deployment: to its end, or until all production traffic has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .duration import words
from .event import Event
from .exit_codes import ExitCode

if TYPE_CHECKING:
    from datetime import datetime

    from .changes import Sides
    from .snapshot import Snapshot

LAST_EVENT = "AfterAllowTraffic"
WHOLE = 100.0


def shifted(deployment: Snapshot) -> bool:
    """Whether all production traffic has moved and the last check has passed: the termination wait begins.

    A deployment that is over is told by its outcome, and a rollback is waited for to its end.
    """
    if deployment.over or deployment.rolls_back:
        return False
    if deployment.termination_wait_started:
        return True
    weight = next((one.traffic_weight for one in deployment.task_sets if one.label == "Green"), 0.0)
    last = next((one.status for one in deployment.lifecycle if one.name == LAST_EVENT), "")
    return weight >= WHOLE and last in ("Succeeded", "Skipped")


def of_a_stop(deployment_id: str) -> Event:
    """Say how far a release is watched that is stopped and rolled back, whatever `--wait-until` says."""
    note = (
        "--wait-until shifted: it is watched until it is rolled back, which is when traffic is back: "
        "a rollback has no termination wait"
    )
    return Event(kind="note", text=f"note: {note}", fields={"deployment_id": deployment_id, "note": note})


def as_event(deployment: Snapshot, sides: Sides, options: str, now: datetime) -> Event:
    """Say that traffic has moved, what still runs, and what may be done meanwhile."""
    name, minutes = deployment.deployment_id, deployment.termination_wait_minutes
    seconds = (now - deployment.created).total_seconds() if deployment.created else None
    took = "" if seconds is None else f" after {words(seconds)}"
    text = (
        f"{sides.called('Green')}: all production traffic has moved{took} ({name})\n"
        f"still running: the tasks of {sides.called('Blue')}, {minutes} min at most (termination wait); "
        "no other release begins before that\n"
        f"next: `bluegreen rollback {options}` goes back at once while they run, "
        f"`bluegreen continue {name} {options}` ends them now"
    )
    fields = {
        "deployment_id": name,
        "status": deployment.status,
        "exit_code": int(ExitCode.DONE),
        "from": sides.original,
        "revision": sides.replacement,
        "seconds": seconds,
        "minutes": minutes,
    }
    return Event(kind="shifted", text=text, fields=fields, tone="good")
