"""`bluegreen continue`: end the wait that a deployment is in."""

from __future__ import annotations

import typer

from .options import AsJson, DeploymentId, EnvironmentName, RegionName, ServiceName

app = typer.Typer(add_completion=False)


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
    from . import report, target, watched  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415
    from .event import Event  # noqa: PLC0415
    from .wait import MEANING, wait_of  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    release_target, codedeploy = target.read(opened), opened.clients.codedeploy
    deployment = watched.read(opened.clients, release_target, deployment_id)
    wait = wait_of(deployment)
    codedeploy.continue_deployment(deploymentId=deployment.deployment_id, deploymentWaitType=wait)
    fields = {"deployment_id": deployment.deployment_id, "wait": wait}
    text = f"{deployment.deployment_id} continued: {MEANING[wait]}"
    report.choose(as_json=as_json).tell(Event(kind="continued", text=text, fields=fields, tone="good"))
