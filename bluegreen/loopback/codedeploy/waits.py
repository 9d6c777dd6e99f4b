"""The ready wait and the termination wait: neither is a lifecycle event."""

from __future__ import annotations

from .deployment import READY_WAIT, TERMINATION_WAIT, Status
from .ending import not_continued, stopped_on_request
from .replacement import delete
from .run import MINUTE, Run, Steps


def ready_wait(run: Run) -> Steps[None]:
    """Wait for ContinueDeployment, where the group says so: the test listener serves the replacement meanwhile.

    Raises:
        Ending: nobody continued the deployment in time.
    """
    deployment, minutes = run.deployment, run.deployment.terms.ready_wait
    if minutes is None:
        return
    with run.lock:
        deployment.status, deployment.waiting = Status.READY, READY_WAIT
    yield from run.until(
        lambda: READY_WAIT in deployment.continued, limit=minutes * MINUTE, otherwise=not_continued(minutes)
    )
    with run.lock:
        deployment.status, deployment.waiting = Status.IN_PROGRESS, None


def termination_wait(run: Run) -> Steps[None]:
    """Keep the original task set for a while, then delete it: from there on nothing can be undone.

    Raises:
        Ending: somebody stopped the deployment while it waited.
    """
    deployment, terms = run.deployment, run.deployment.terms
    with run.lock:
        deployment.termination_wait_started, deployment.waiting = True, TERMINATION_WAIT
    run.due = until = run.now + run.clock.shorten(terms.termination_wait * MINUTE)
    while run.now < until and TERMINATION_WAIT not in deployment.continued:
        yield from run.step()
    with run.lock:
        if deployment.stop:
            raise stopped_on_request(deployment.stop.rollback)
        deployment.stoppable, deployment.waiting, run.both.final = False, None, True
    run.watches.clear()
    yield from delete(run, run.both.original)
