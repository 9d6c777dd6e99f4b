"""The operation by which a hook answers."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import deployment_id

from .operation import Answer, Backend, Operation, Request, alone

ACCEPTED = ("Succeeded", "Failed")


@alone
def put_lifecycle_event_hook_execution_status(backend: Backend, request: Request) -> Answer:
    """The first report stands; a report for an event that is over is refused."""
    deployment = backend.ledger.deployment(deployment_id(request))
    status, execution = request.get("status"), request.get("lifecycleEventHookExecutionId") or ""
    if status not in ACCEPTED:
        message = f"The status of a hook execution must be Succeeded or Failed, not {status}"
        raise Refusal("InvalidLifecycleEventHookExecutionStatus", message)
    hook = backend.ledger.hook(deployment, execution)
    if not hook.answer(status):
        raise Refusal("LifecycleEventAlreadyCompleted", f"The lifecycle event {hook.event} has already completed")
    return {"lifecycleEventHookExecutionId": execution}


OPERATIONS: tuple[Operation, ...] = (put_lifecycle_event_hook_execution_status,)
