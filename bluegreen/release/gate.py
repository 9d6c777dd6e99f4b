"""Lets a deployment through its ready wait: whoever confirmed a rollback need not confirm it twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .event import Event

if TYPE_CHECKING:
    from .clients import Clients
    from .report import Report


@dataclass(frozen=True)
class ThroughTheGate:
    """Passes events on, and ends the ready wait that one of them tells of."""

    report: Report
    clients: Clients

    def tell(self, event: Event) -> None:
        """Pass the event on."""
        self.report.tell(event)
        if event.kind == "wait" and event.fields.get("wait") == "ready":
            self._continue(event.fields["deployment_id"])

    def close(self) -> None:
        """Nothing more is told."""
        self.report.close()

    def _continue(self, deployment_id: str) -> None:
        codedeploy = self.clients.codedeploy
        try:
            codedeploy.continue_deployment(deploymentId=deployment_id, deploymentWaitType="READY_WAIT")
        except codedeploy.exceptions.DeploymentIsNotInReadyStateException:
            return  # somebody else was faster
        fields = {"deployment_id": deployment_id, "wait": "READY_WAIT"}
        self.report.tell(Event(kind="continued", text=f"{deployment_id} continued", fields=fields, tone="good"))
