"""`bluegreen continue`: end the wait that a deployment is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import typer

from . import deployments, report, target
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .errors import ReleaseError
from .event import Event
from .report import AsJson
from .watch import DeploymentId, newest

if TYPE_CHECKING:
    from .snapshot import Snapshot

app = typer.Typer(add_completion=False)

MEANING = {
    "READY_WAIT": "it goes on towards production traffic",
    "TERMINATION_WAIT": "the old tasks are ended now",
}


@app.command("continue")
def continue_(
    deployment_id: DeploymentId = None,
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    as_json: AsJson = False,
) -> None:
    """End a deployment's ready wait or termination wait.

    Example: bluegreen continue d-1NNWZG91L --environment sample
    """
    opened = open_environment(environment, service, region)
    codedeploy = opened.clients.codedeploy
    deployment = deployments.read(codedeploy, deployment_id or newest(opened.clients, target.read(opened)))
    wait = wait_of(deployment)
    codedeploy.continue_deployment(deploymentId=deployment.deployment_id, deploymentWaitType=wait)
    fields = {"deployment_id": deployment.deployment_id, "wait": wait}
    text = f"{deployment.deployment_id} continued: {MEANING[wait]}"
    report.choose(as_json=as_json).tell(Event(kind="continued", text=text, fields=fields, tone="good"))


def wait_of(deployment: Snapshot) -> Literal["READY_WAIT", "TERMINATION_WAIT"]:
    """Name the wait that a deployment is in, in the API's words.

    Raises:
        ReleaseError: it is in none.
    """
    if deployment.status == "Ready":
        return "READY_WAIT"
    if deployment.termination_wait_started and not deployment.over:
        return "TERMINATION_WAIT"
    raise ReleaseError(f"{deployment.deployment_id} waits for nobody: it is {deployment.status}")
