"""Whether the deployment group is free: CodeDeploy takes one deployment at a time, its waits included."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bluegreen.release import busy

from .finding import Finding, sound, wrong

if TYPE_CHECKING:
    from bluegreen.release.snapshot import Snapshot

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Ask CodeDeploy."""
    return judge(patient.active(), patient.target.deployment_group, patient.options, datetime.now(UTC))


def judge(active: Snapshot | None, group: str, options: str, now: datetime) -> Finding:
    """Name who keeps the group busy, since when, and what frees it."""
    if active is None:
        return sound(f"no deployment of {group} runs")
    found = f"{group} already has an active deployment {busy.facts(active, options, now)}"
    return wrong(found, busy.ways_on(active, options))
