"""Steps every deployment that is not over."""

from __future__ import annotations

import logging
import math

from .course import course
from .deployment import Status
from .run import Run, Steps

log = logging.getLogger(__name__)


class Engine:
    """Holds the deployments under way; who calls `step`, and from which thread, is not its business."""

    def __init__(self) -> None:
        self._under_way: list[tuple[Run, Steps[None]]] = []

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    @property
    def due(self) -> float:
        """When (epoch seconds) the clock alone brings a deployment on; infinite when idle."""
        return min((run.due for run, _ in self._under_way), default=math.inf)

    def start(self, run: Run) -> None:
        """Step this deployment from the next step on."""
        self._under_way.append((run, course(run)))

    def step(self) -> None:
        """Do what is due in every deployment by its clock; calls to other services block."""
        for pair in list(self._under_way):
            run, steps = pair
            try:
                next(steps)
            except StopIteration:
                self._under_way.remove(pair)
            except Exception:
                log.exception("the end of %s failed", run.deployment.id)
                self._under_way.remove(pair)
                _crash(run)


def _crash(run: Run) -> None:
    with run.lock:
        run.deployment.error = {"code": "INTERNAL_ERROR", "message": "There was an internal error."}
        run.deployment.end(Status.FAILED, run.now)
