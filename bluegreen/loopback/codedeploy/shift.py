"""`AllowTestTraffic` and `AllowTraffic`: the load balancer's part."""

from __future__ import annotations

import math

from .ending import UNSTEADY, failed
from .forwarding import alone, weighted
from .replacement import steady
from .run import MINUTE, POLL_SECONDS, Run, Steps
from .traffic import schedule

SCALING_SECONDS = 5 * MINUTE


def allow_test_traffic(run: Run) -> Steps[None]:
    """Point the test listener at the replacement's target group alone."""
    sides = run.both
    if sides.test:
        test = sides.test.rewritten(lambda actions: alone(actions, sides.green.arn))
        yield from run.call(lambda: test.write(run.role))


def allow_traffic(run: Run) -> Steps[None]:
    """Move production traffic by the configured weights, then make the replacement the primary task set."""
    patience = Patience(run)
    for shift in schedule(run.deployment.terms.routing):
        yield from _give(run, shift.weight)
        yield from _interval(run, shift.minutes * MINUTE, patience)
    yield from _make_primary(run)


class Patience:
    """The service may scale while traffic shifts, but its tasks must not stay away for five minutes."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._limit = run.clock.shorten(SCALING_SECONDS)
        self._unsteady_since: float | None = None

    @property
    def ends(self) -> float:
        """When it is over (epoch seconds); infinite while the tasks are steady."""
        return math.inf if self._unsteady_since is None else self._unsteady_since + self._limit

    def see(self, is_steady: bool) -> None:
        """Take note of what ECS says.

        Raises:
            Ending: it has said otherwise for too long.
        """
        if is_steady:
            self._unsteady_since = None
        elif self._unsteady_since is None:
            self._unsteady_since = self._run.now
        elif self._run.now >= self.ends:
            raise failed("ECS_UPDATE_ERROR", UNSTEADY)


def _give(run: Run, weight: int) -> Steps[None]:
    sides = run.both
    sides.weight = weight
    production = sides.production.rewritten(lambda actions: weighted(actions, sides.shares()))
    yield from run.call(lambda: production.write(run.role))


def _interval(run: Run, seconds: float, patience: Patience) -> Steps[None]:
    until = run.now + run.clock.shorten(seconds)
    while run.now < until:
        patience.see((yield from run.call(lambda: steady(run))))
        yield from run.poll(POLL_SECONDS, due=min(until, patience.ends))


def _make_primary(run: Run) -> Steps[None]:
    terms, replacement = run.deployment.terms, run.both.replacement
    if replacement:
        arn = replacement.arn
        yield from run.call(lambda: run.role.update_service_primary_task_set(terms.cluster, terms.service, arn))
