"""`Install`: the replacement task set, on the target group that does not serve."""

from __future__ import annotations

from typing import Any

from .account import Service, TaskSet
from .call_failed import CallFailed
from .ending import NEVER_STEADY, failed
from .forwarding import weighted
from .run import HOUR, POLL_SECONDS, Run, Steps
from .survey import leftovers, service_of, survey
from .task_set_request import task_set_request


def install(run: Run) -> Steps[None]:
    """Create the replacement task set and wait until ECS calls it steady.

    Raises:
        Ending: the listener does not serve the original, or the task set is not steady within an hour.
        CallFailed: ECS or the load balancer refused a call.
    """
    service = yield from run.call(lambda: service_of(run))
    run.sides = yield from run.call(lambda: survey(run, service))
    yield from _prepare(run, service)
    yield from _create(run)
    yield from _steady(run)


def _prepare(run: Run, service: Service) -> Steps[None]:
    """Take the traffic off the replacement's target group, make the load balancer check it, and clear it.

    A group with weight 0 is in use, so its targets are checked before traffic comes; all at once does without, and
    finds out after the shift.
    """
    sides = run.both
    shares = {sides.blue.arn: 100, sides.green.arn: 0}
    both = sides.production.rewritten(lambda actions: weighted(actions, shares))
    wanted = both if run.deployment.terms.routing.gradual else sides.production
    if wanted.shares() != sides.found.shares():
        sides.touched = True
        yield from run.call(lambda: wanted.write(run.role))
    for left in leftovers(service, sides.green.arn):
        yield from delete(run, left)


def delete(run: Run, task_set: TaskSet) -> Steps[None]:
    """Delete a task set, unless an earlier attempt did and its answer was lost: by now it may be gone.

    Raises:
        CallFailed: ECS refused it.
    """
    yield from run.call(lambda: _delete_once(run, task_set.arn))


def _delete_once(run: Run, arn: str) -> None:
    terms, found = run.deployment.terms, service_of(run).task_set(arn)
    if found and found.status != "DRAINING":
        run.role.delete_task_set(terms.cluster, terms.service, arn)


def _create(run: Run) -> Steps[None]:
    sides, deployment = run.both, run.deployment
    request = task_set_request(deployment.id, deployment.terms, run.appspec, sides.original, sides.green.arn)
    before, sides.touched = sides.touched, True
    try:
        sides.replacement = yield from run.call(lambda: _created_once(run, request))
    except CallFailed as failure:
        # refused: there is no task set; lost on the way: there may be one
        sides.touched = before or failure.passing
        raise


def _created_once(run: Run, request: dict[str, Any]) -> TaskSet:
    """Create it, unless an earlier attempt did and its answer was lost."""
    mine = replacements(service_of(run), run.deployment.id)
    return mine[0] if mine else run.role.create_task_set(request)


def _steady(run: Run) -> Steps[None]:
    never = failed("TIMEOUT", NEVER_STEADY)
    expires = run.now + run.clock.shorten(HOUR)
    while not (yield from run.call(lambda: steady(run))):
        if run.now >= expires:
            raise never
        yield from run.poll(POLL_SECONDS, due=expires)


def steady(run: Run) -> bool:
    """Whether ECS calls the replacement steady.

    Raises:
        Ending: somebody deleted it.
    """
    replacement = run.both.replacement
    found = service_of(run).task_set(replacement.arn) if replacement else None
    if found is None or found.status == "DRAINING":
        raise failed("ECS_UPDATE_ERROR", "The replacement task set does not exist any more.")
    return found.steady


def replacements(service: Service, deployment_id: str) -> list[TaskSet]:
    """Return the task sets that the deployment made and that are not on their way out."""
    mine = [one for one in service.task_sets if one.external_id == deployment_id]
    return [one for one in mine if one.status != "DRAINING"]
