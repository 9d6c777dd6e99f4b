"""Which side is which: read before anything is changed."""

from __future__ import annotations

from . import route
from .account import Service, TargetGroup, TaskSet
from .ending import LEFTOVER_SERVES, NOT_BEHIND_LISTENER, balancer_invalid, failed
from .forwarding import settled
from .route import Route
from .run import Run
from .sides import Sides


def service_of(run: Run) -> Service:
    """Read the service.

    Raises:
        Ending: it does not exist.
        CallFailed: it cannot be read.
    """
    terms = run.deployment.terms
    service = run.role.describe_service(terms.cluster, terms.service)
    if service is None:
        raise failed("INVALID_ECS_SERVICE", f"The ECS service {terms.service} does not exist.")
    return service


def survey(run: Run, service: Service) -> Sides:
    """Find which target group serves and which is free, and keep the routes as they are.

    Raises:
        Ending: the production listener does not serve the primary task set, or the test listener neither group, or a
            leftover of an earlier deployment still serves.
        CallFailed: the load balancer cannot be read.
    """
    terms = run.deployment.terms
    original = service.primary
    if original is None:
        raise failed("INVALID_ECS_SERVICE", f"The ECS service {terms.service} has no primary task set.")
    groups = run.role.describe_target_groups(terms.target_groups)
    blue = next((one for one in groups if one.arn == original.target_group), None)
    green = next((one for one in groups if one.arn != original.target_group), None)
    production = route.read(run.role, terms.production_listener, [original.target_group])
    if blue is None or green is None or not production.forwards_to(blue.arn):
        raise balancer_invalid(NOT_BEHIND_LISTENER.format(listener=terms.production_listener))
    _check_leftovers(run, service, blue, green)
    return Sides(
        original=original,
        blue=blue,
        green=green,
        found=production,
        production=production.rewritten(lambda actions: settled(actions, blue.arn, green.arn)),
        test=_test_route(run, production, blue, green),
    )


def leftovers(service: Service, group: str) -> list[TaskSet]:
    """Return the task sets that an earlier deployment left on the target group, and that are to be deleted."""
    return [one for one in service.task_sets if one.status == "ACTIVE" and one.target_group == group]


def _check_leftovers(run: Run, service: Service, blue: TargetGroup, green: TargetGroup) -> None:
    """Refuse to delete a leftover that serves: a rollback that failed halfway may have moved some actions back to it.

    Actions that name the original's target group as well are this deployment's to move; the others nobody moves.
    """
    listener = run.deployment.terms.production_listener
    if not leftovers(service, green.arn):
        return
    found = route.read(run.role, listener, [green.arn])
    foreign = [shares for shares in found.shares() if blue.arn not in shares]
    if any(shares.get(green.arn) for shares in foreign):
        raise balancer_invalid(LEFTOVER_SERVES.format(group=green.name, listener=listener))


def _test_route(run: Run, production: Route, blue: TargetGroup, green: TargetGroup) -> Route | None:
    listener = run.deployment.terms.test_listener
    if listener is None:
        return None
    test = route.read(run.role, listener, [blue.arn, green.arn])
    if not (test.forwards_to(blue.arn) or test.forwards_to(green.arn)):
        raise balancer_invalid(NOT_BEHIND_LISTENER.format(listener=listener))
    if test.load_balancer != production.load_balancer:
        raise balancer_invalid(f"The listener {listener} belongs to another load balancer")
    return test
