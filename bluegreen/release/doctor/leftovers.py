"""Whether a stopped release has left its task set: its tasks cost money, and stand where the next one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bluegreen.release import divided
from bluegreen.release.revision import short_name

from .finding import Finding, doubtful, sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Ask ECS; while a deployment runs there are two task sets."""
    if patient.active() is not None:
        return sound("a deployment runs: its task sets are in use")
    listener = patient.listeners().get(patient.target.production_listener, {})
    return judge(patient.service(), patient.target, listener.get("DefaultActions", []))


def judge(service: Mapping[str, Any], target: ReleaseTarget, actions: list[Any]) -> Finding:
    """Doubt every task set but the primary one and those that drain away by themselves.

    `actions` are the production listener's: a task set that gets traffic is not to be taken away.
    """
    if found := divided.find(service, actions):
        remedy = f"`bluegreen rollback {target.options}` gives all of it to the live tasks and ends the others"
        return doubtful(found.words, remedy)
    left = [one for one in service.get("taskSets", []) if one.get("status") == "ACTIVE"]
    if not left:
        return sound("no task set of an earlier release is left")
    listed = ", ".join(f"{one['id']} of {short_name(one['taskDefinition'])}" for one in left)
    command = f"aws ecs delete-task-set --cluster {target.cluster} --service {target.service} --force --task-set"
    commands = ", ".join(f"`{command} {one['id']}`" for one in left)
    return doubtful(f"task sets are left that no deployment needs: {listed}", f"take them away: {commands}")
