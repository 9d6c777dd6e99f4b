"""Operations on the instances of a deployment: deprecated, and never for ECS."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import deployment_id

from .operation import Answer, Backend, Operation, Request, alone


@alone
def list_deployment_instances(backend: Backend, request: Request) -> Answer:
    raise _of_ecs(backend, request)


@alone
def get_deployment_instance(backend: Backend, request: Request) -> Answer:
    raise _of_ecs(backend, request, "instanceId")


@alone
def batch_get_deployment_instances(backend: Backend, request: Request) -> Answer:
    raise _of_ecs(backend, request, "instanceIds")


def _of_ecs(backend: Backend, request: Request, needed: str | None = None) -> Refusal:
    deployment = backend.ledger.deployment(deployment_id(request))
    if needed and not request.get(needed):
        return Refusal("InstanceIdRequired", "The instance ID must be specified")
    message = f"The deployment {deployment.id} is of the compute platform ECS, which has targets and no instances"
    return Refusal("InvalidComputePlatform", message)


OPERATIONS: tuple[Operation, ...] = (
    list_deployment_instances,
    get_deployment_instance,
    batch_get_deployment_instances,
)
