"""Operations that steer a deployment: they leave a fact, and its next step reads it."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.deployment import READY_WAIT, TERMINATION_WAIT, Deployment, Status, StopRequest
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import deployment_id

from .operation import Answer, Backend, Operation, Request, alone


@alone
def stop_deployment(backend: Backend, request: Request) -> Answer:
    deployment = _open(backend, request)
    if not deployment.stoppable:
        raise _over(deployment)
    deployment.stop = deployment.stop or StopRequest(rollback=request.get("autoRollbackEnabled"))
    message = "No more commands will be scheduled for execution in the deployment instances"
    return {"status": "Pending", "statusMessage": message}


@alone
def continue_deployment(backend: Backend, request: Request) -> Answer:
    deployment = _open(backend, request)
    wait = request.get("deploymentWaitType") or READY_WAIT
    if wait not in {READY_WAIT, TERMINATION_WAIT}:
        raise Refusal("InvalidDeploymentWaitType", f"The wait type is {READY_WAIT} or {TERMINATION_WAIT}, not {wait}")
    if deployment.waiting != wait:
        name = "DeploymentIsNotInReadyState" if wait == READY_WAIT else "InvalidDeploymentStatus"
        raise Refusal(name, f"The deployment {deployment.id} is not in its {wait}: it is {deployment.status.value}")
    deployment.continued.add(wait)
    return {}


@alone
def skip_wait_time_for_instance_termination(backend: Backend, request: Request) -> Answer:
    """What ContinueDeployment has replaced: it may also come before the wait, which then is none."""
    deployment = _open(backend, request)
    if deployment.status is Status.CREATED:
        raise Refusal("DeploymentNotStarted", f"The deployment {deployment.id} has not started")
    deployment.continued.add(TERMINATION_WAIT)
    return {}


def _open(backend: Backend, request: Request) -> Deployment:
    deployment = backend.ledger.deployment(deployment_id(request))
    if deployment.status.terminal:
        raise _over(deployment)
    return deployment


def _over(deployment: Deployment) -> Refusal:
    return Refusal("DeploymentAlreadyCompleted", f"The deployment {deployment.id} has already completed")


OPERATIONS: tuple[Operation, ...] = (
    stop_deployment,
    continue_deployment,
    skip_wait_time_for_instance_termination,
)
