"""One request of a visitor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    """When it was due (epoch seconds), how long the visitor waited, and what came back."""

    due: float
    seconds: float
    status: int | None
    key: str | None
    task_definition: str | None
    error: str = ""

    @property
    def answered(self) -> float:
        """Epoch seconds at which the answer was there."""
        return self.due + self.seconds

    @property
    def dropped(self) -> bool:
        """No answer, or the load balancer's instead of the service's."""
        return self.status != 200

    @property
    def unanswered(self) -> bool:
        """No answer by any task: an error of a task is one, however bad."""
        return self.status is None or (self.status != 200 and self.task_definition is None)
