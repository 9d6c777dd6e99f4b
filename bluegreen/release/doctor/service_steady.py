"""Whether the service is steady: a release begins by doubling what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .finding import Finding, doubtful, sound, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .patient import Patient

STEADY = "STEADY_STATE"
KNOWN = ("PRIMARY", "ACTIVE", "DRAINING")
"""What a task set may be."""


def look(patient: Patient) -> Finding:
    """Ask ECS; while a deployment runs, its own doing is no finding."""
    if patient.active() is not None:
        return sound("a deployment runs: the service changes")
    return judge(patient.service(), patient.options)


def judge(service: Mapping[str, Any], options: str) -> Finding:
    """Compare what the primary task set should run with what it runs."""
    primary = next((one for one in service.get("taskSets", []) if one.get("status") == "PRIMARY"), None)
    if primary is None and any(one.get("status") not in KNOWN for one in service.get("taskSets", [])):
        return doubtful("cannot tell which task set is live: ECS has words that are new here", "update `bluegreen`")
    if primary is None:
        return wrong("the service has no primary task set: nothing is live", "make the service again, it never started")
    desired = int(primary.get("computedDesiredCount", service.get("desiredCount", 0)))
    running = int(primary.get("runningCount", 0))
    if not desired:
        return doubtful(
            "the service wants no tasks, so a release starts none and its hook finds nobody",
            "raise the desired count, or let autoscaling do so, before the release",
        )
    if running != desired or primary.get("stabilityStatus") not in (None, STEADY):
        pending = primary.get("pendingCount", 0)
        last = next((one.get("message", "") for one in service.get("events", [])), "")
        return doubtful(
            f"the service is not steady: {running} of {desired} tasks run, {pending} are starting"
            + (f"; ECS says: {last}" if last else ""),
            f"wait until it has scaled or mended itself: `bluegreen status {options}`",
        )
    return sound(f"{running} of {desired} tasks run")
