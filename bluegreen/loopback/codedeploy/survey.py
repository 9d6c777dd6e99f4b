"""Which side is which: read before anything is changed."""

from __future__ import annotations

from . import route
from .account import Service, TargetGroup
from .ending import NOT_BEHIND_LISTENER, balancer_invalid, failed
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
        Ending: the production listener does not serve the primary task set, or the test listener neither group.
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
    return Sides(
        original=original,
        blue=blue,
        green=green,
        found=production,
        production=production.rewritten(lambda actions: settled(actions, blue.arn, green.arn)),
        test=_test_route(run, production, blue, green),
    )


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
