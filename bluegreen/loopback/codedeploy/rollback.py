"""A rollback: a second deployment, which creates no task set and runs no hook."""

from __future__ import annotations

from dataclasses import replace

from .call_failed import CallFailed
from .configuration import ECS_ALL_AT_ONCE
from .deployment import Deployment, Status
from .ending import Ending, failed, of_call
from .replacement import replacements
from .run import Run, Steps
from .survey import service_of
from .traffic import ALL_AT_ONCE

CREATOR = "codeDeployRollback"


def roll_back(run: Run) -> Steps[Deployment]:
    """Bring traffic and primary task set back to where they were; return the rollback deployment, which is over.

    The listeners come first: the deployment that failed shows its last status only after them.
    """
    rollback = _deployment(run)
    try:
        yield from run.call(lambda: _check_original(run))
        yield from run.call(lambda: _restore_routes(run))
        yield from run.call(lambda: _restore_primary(run))
        yield from run.call(lambda: _delete_replacement(run))
    except (CallFailed, Ending) as failure:
        ending = of_call(failure, rollback.terms.role_arn) if isinstance(failure, CallFailed) else failure
        rollback.lifecycle.abandon(run.now)
        rollback.error = {"code": ending.code, "message": ending.message}
        rollback.end(Status.FAILED, run.now)
        return rollback
    rollback.lifecycle.complete(run.now)
    rollback.end(Status.SUCCEEDED, run.now)
    return rollback


def messages(broken: str, rollback: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the rollbackInfo of the deployment that failed and that of its rollback deployment."""
    return (
        {
            "rollbackDeploymentId": rollback,
            "rollbackMessage": f"Deployment {broken} terminated. "
            f"Automatic rollback is triggered with a DeploymentId {rollback}.",
        },
        {
            "rollbackTriggeringDeploymentId": broken,
            "rollbackMessage": f"Deployment {rollback} is triggered to roll back deployment {broken}.",
        },
    )


def _deployment(run: Run) -> Deployment:
    broken = run.deployment
    return Deployment(
        id=run.identifiers.deployment(),
        application=broken.application,
        group=broken.group,
        configuration=ECS_ALL_AT_ONCE,
        terms=replace(broken.terms, routing=ALL_AT_ONCE),
        revision=broken.previous_revision or broken.revision,
        created=run.now,
        started=run.now,
        creator=CREATOR,
        missing=broken.missing,
        snapshot=broken.snapshot,
        status=Status.IN_PROGRESS,
    )


def _check_original(run: Run) -> None:
    original = service_of(run).task_set(run.both.original.arn)
    if original is None or original.status == "DRAINING":
        raise failed("ECS_UPDATE_ERROR", "The original task set does not exist any more.")


def _restore_routes(run: Run) -> None:
    sides = run.both
    sides.production.write(run.role)
    if sides.test:
        sides.test.write(run.role)
    sides.weight = 0


def _restore_primary(run: Run) -> None:
    terms, original = run.deployment.terms, run.both.original
    primary = service_of(run).primary
    if primary is None or primary.arn != original.arn:
        run.role.update_service_primary_task_set(terms.cluster, terms.service, original.arn)


def _delete_replacement(run: Run) -> None:
    terms = run.deployment.terms
    for task_set in replacements(service_of(run), run.deployment.id):
        run.role.delete_task_set(terms.cluster, terms.service, task_set.arn)
