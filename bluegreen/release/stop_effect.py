"""What stopping a deployment would do at this moment, said before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ReleaseError

if TYPE_CHECKING:
    from .changes import Sides
    from .snapshot import Snapshot, TaskSet

GOING = ("DRAINING", "INACTIVE")
WHOLE = 100


def check(deployment: Snapshot, options: str, *, rollback: bool) -> None:
    """Make sure that a deployment can be stopped.

    Raises:
        ReleaseError: it is over, it is a rollback itself, or the tasks to go back to are being ended.
    """
    name = deployment.deployment_id
    if deployment.over:
        raise ReleaseError(f"{name} is over already: it is {deployment.status}")
    if deployment.rolls_back:
        raise ReleaseError(f"{name} is the rollback of {deployment.rolls_back}: let it end")
    if rollback and _gone(deployment):
        raise ReleaseError(
            f"{name} is about to end: the old tasks are being ended, so it can be stopped no longer; "
            f"`bluegreen rollback {options}` takes it back in a moment, when it is over"
        )


def words(deployment: Snapshot, sides: Sides, options: str, *, rollback: bool) -> str:
    """Say where traffic will be and which tasks will run."""
    moved = _weight(deployment, "Green")
    old, new = sides.called("Blue"), sides.called("Green")
    if rollback and moved:
        return f"production traffic goes back to {old}, whose tasks still run; {new} has {moved:g} % of it now"
    if rollback:
        return f"production traffic stays at {old}; the tasks of {new} are ended"
    split = f"{old} {100 - moved:g} %, {new} {moved:g} %"
    way_back = f"; `bluegreen rollback {options}` gives all of it back to {old} later" if 0 < moved < WHOLE else ""
    return f"everything stays as it is, the tasks of both revisions too; production traffic: {split}{way_back}"


def _weight(deployment: Snapshot, label: str) -> float:
    return next((one.traffic_weight for one in deployment.task_sets if one.label == label), 0.0)


def _gone(deployment: Snapshot) -> bool:
    original: TaskSet | None = next((one for one in deployment.task_sets if one.label == "Blue"), None)
    if original is None:  # before Install it is not listed, and nothing has moved
        return bool(deployment.task_sets)
    return original.status in GOING
