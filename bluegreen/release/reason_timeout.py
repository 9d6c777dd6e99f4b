"""The reason of a release that CodeDeploy waited too long for: its code TIMEOUT stands for three waits. Pure."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from .reason import Reason
from .reason_hook import in_group
from .step import Step

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .snapshot import Snapshot
    from .unsteady import Unsteady


class Wait(Enum):
    """What CodeDeploy waited for, by its own words."""

    STEADY = "replacement task set"
    CONTINUE = "notification to continue"
    HOOK = "status callback"


def wait_of(deployment: Snapshot, target: ReleaseTarget) -> Wait | None:
    """Tell it by CodeDeploy's words, else by where the deployment stood; None when neither says."""
    named = next((one for one in Wait if one.value in deployment.error_message), None)
    if named or not deployment.failed_event:
        gated = deployment.status == "Stopped" and deployment.ready_wait_minutes
        return named or (Wait.CONTINUE if gated else None)
    if deployment.failed_event == "Install":
        return Wait.STEADY
    return Wait.HOOK if deployment.failed_event in target.hooks else None


def reason_of(deployment: Snapshot, target: ReleaseTarget, unsteady: Unsteady | None) -> Reason | None:
    """Say what never came; None for a wait that is not known."""
    match wait_of(deployment, target):
        case Wait.STEADY:
            return _never_steady(target)
        case Wait.CONTINUE:
            return _not_continued(deployment, target)
        case Wait.HOOK:
            return _silent(deployment, target, unsteady)
    return None


def _never_steady(target: ReleaseTarget) -> Reason:
    """Only for when nothing is known of the tasks: otherwise they are the reason."""
    return Reason(
        "the replacement's tasks did not become steady within 60 min, and nothing is known of them any more",
        (),
        f"release again and watch it: `bluegreen watch {target.options}` tells why tasks end while they do; else "
        f"read their log{in_group(target.log_group)}",
    )


def _not_continued(deployment: Snapshot, target: ReleaseTarget) -> Reason:
    minutes = deployment.ready_wait_minutes
    wait = f"the ready wait of {minutes} min" if minutes else "the ready wait"
    in_time = f"release again and let it through in time with `bluegreen continue {target.options}`, or wait longer"
    step = Step(
        in_time, ours="`ready_wait` under [release] in the settings", theirs="the deployment group's ready wait"
    )
    return Reason(f"nobody continued it: {wait} is over", (), step.fit(target))


def _silent(deployment: Snapshot, target: ReleaseTarget, unsteady: Unsteady | None) -> Reason:
    event = deployment.failed_event or "its event"
    after = "" if unsteady is None else "; the tasks had trouble too"
    return Reason(
        f"the hook never reported at {event}: CodeDeploy gave it an hour{after}",
        (),
        f"read the hook's log{in_group(target.hook_log_group)} and mend it, then release again; a watch with its "
        "watchdog stops such a release within minutes",
    )
