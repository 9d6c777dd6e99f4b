"""What of the deployment group a drill sets otherwise: as its settings would, for the time of the drill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .service import Service


@contextmanager
def waits(service: Service, *, ready: int = 0, termination: int = 0) -> Iterator[None]:
    """Let deployments wait before the shift and after it, in minutes of AWS, and put back what was there."""
    names = {"applicationName": service.target.application}
    codedeploy = service.stage.client("codedeploy")
    group = codedeploy.get_deployment_group(**names, deploymentGroupName=service.target.deployment_group)
    before = group["deploymentGroupInfo"]["blueGreenDeploymentConfiguration"]

    def put(configuration: dict[str, Any]) -> None:
        codedeploy.update_deployment_group(
            **names,
            currentDeploymentGroupName=service.target.deployment_group,
            blueGreenDeploymentConfiguration=configuration,
        )

    put(_waits(ready, termination))
    try:
        yield
    finally:
        put(before)


def _waits(ready: int, termination: int) -> dict[str, Any]:
    gate = {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": ready}
    return {
        "deploymentReadyOption": gate if ready else {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
        "terminateBlueInstancesOnDeploymentSuccess": {
            "action": "TERMINATE",
            "terminationWaitTimeInMinutes": termination,
        },
    }
