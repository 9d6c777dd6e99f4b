"""A task set as the deployment target shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class TaskSetInfo:
    """`weight` is its percentage of the production traffic."""

    id: str
    label: str
    status: str
    target_group: str
    weight: float
    desired: int
    pending: int
    running: int

    def describe(self) -> dict[str, Any]:
        """Return the ECSTaskSet of the API, which spells the identifier without its second i."""
        return {
            "identifer": self.id,
            "desiredCount": self.desired,
            "pendingCount": self.pending,
            "runningCount": self.running,
            "status": self.status,
            "trafficWeight": self.weight,
            "targetGroup": {"name": self.target_group},
            "taskSetLabel": self.label,
        }
