"""The course of a deployment, from Created to its last status."""

from __future__ import annotations

import logging

from .call_failed import CallFailed
from .deployment import Deployment, Status
from .ending import Ending, failed, of_call
from .guard import guard
from .hook import hooked
from .replacement import install
from .rollback import messages, roll_back
from .run import Run, Steps
from .shift import allow_test_traffic, allow_traffic
from .waits import ready_wait, termination_wait
from .watches import AlarmWatch, StopWatch, TargetWatch, look

CREATED_SECONDS = 2.0

log = logging.getLogger(__name__)


def course(run: Run) -> Steps[None]:
    """Run the deployment to its end, and its rollback deployment if one follows."""
    try:
        yield from _release(run)
    except Ending as ending:
        yield from _end(run, ending)
    except CallFailed as failure:
        yield from _end(run, of_call(failure, run.deployment.terms.role_arn))
    except Exception:
        log.exception("the course of %s failed", run.deployment.id)
        yield from _end(run, failed("INTERNAL_ERROR", "There was an internal error."))
    else:
        with run.lock:
            run.deployment.end(Status.SUCCEEDED, run.now)


def _release(run: Run) -> Steps[None]:
    run.watches = [StopWatch(run), AlarmWatch(run), TargetWatch(run)]
    yield from run.pause(CREATED_SECONDS)
    with run.lock:
        run.deployment.status, run.deployment.started = Status.IN_PROGRESS, run.now
    yield from guard(run)
    yield from hooked(run, "BeforeInstall")
    yield from _event(run, "Install", install(run))
    yield from hooked(run, "AfterInstall")
    if run.deployment.terms.test_listener:
        yield from _event(run, "AllowTestTraffic", allow_test_traffic(run))
        yield from hooked(run, "AfterAllowTestTraffic")
    yield from ready_wait(run)
    yield from hooked(run, "BeforeAllowTraffic")
    yield from _event(run, "AllowTraffic", allow_traffic(run))
    yield from hooked(run, "AfterAllowTraffic")
    yield from termination_wait(run)
    look(run)


def _event(run: Run, name: str, stage: Steps[None]) -> Steps[None]:
    run.deployment.lifecycle.begin(name, run.now)
    yield from stage
    look(run)
    run.deployment.lifecycle.succeed(name, run.now)


def _end(run: Run, ending: Ending) -> Steps[None]:
    """Undo what can be undone first: whoever reads the last status finds the listeners where they belong."""
    deployment = run.deployment
    run.watches.clear()
    with run.lock:
        deployment.close(run.now)
    rollback: Deployment | None = None
    if run.undoable and _rolls_back(deployment, ending):
        rollback = yield from roll_back(run)
    look(run)
    with run.lock:
        deployment.error = {"code": ending.code, "message": ending.message}
        if rollback:
            deployment.rollback, rollback.rollback = messages(deployment.id, rollback.id)
            rollback.task_sets = deployment.task_sets
            run.publish(rollback)
        deployment.end(ending.status, run.now)


def _rolls_back(deployment: Deployment, ending: Ending) -> bool:
    """A stop that asked for a rollback gets it, also where something else ended the deployment in that very moment."""
    asked = deployment.stop is not None and deployment.stop.rollback is True
    return asked or ending.rolls_back(deployment.terms.rollback_events)
