"""`AllowTestTraffic` and `AllowTraffic`: the load balancer's part."""

from __future__ import annotations

from .ending import UNSTEADY, failed
from .forwarding import alone, weighted
from .install import steady
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
    for shift in schedule(run.deployment.terms.routing):
        yield from _give(run, shift.weight)
        yield from _watched_pause(run, shift.minutes * MINUTE)
    yield from _make_primary(run)


def _give(run: Run, weight: int) -> Steps[None]:
    sides = run.both
    sides.weight = weight
    production = sides.production.rewritten(lambda actions: weighted(actions, sides.shares()))
    yield from run.call(lambda: production.write(run.role))


def _watched_pause(run: Run, seconds: float) -> Steps[None]:
    """Wait for the next shift; the service may scale meanwhile, but not for more than five minutes."""
    until = run.now + run.clock.shorten(seconds)
    patience = run.now + run.clock.shorten(SCALING_SECONDS)
    while run.now < until:
        if (yield from run.call(lambda: steady(run))):
            patience = run.now + run.clock.shorten(SCALING_SECONDS)
        elif run.now >= patience:
            raise failed("ECS_UPDATE_ERROR", UNSTEADY)
        left = (until - run.now) / run.clock.shorten(1.0)
        yield from run.pause(min(POLL_SECONDS, left))


def _make_primary(run: Run) -> Steps[None]:
    terms, replacement = run.deployment.terms, run.both.replacement
    if replacement:
        arn = replacement.arn
        yield from run.call(lambda: run.role.update_service_primary_task_set(terms.cluster, terms.service, arn))
