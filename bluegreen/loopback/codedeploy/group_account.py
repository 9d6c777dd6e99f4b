"""What CodeDeploy looks at in the account, and changes there, when a deployment group is made or updated."""

from __future__ import annotations

from . import route
from .account import Listener, TargetGroup
from .call_failed import CallFailed
from .exceptions import Refusal
from .forwarding import weighted
from .guard import CONTROLLER
from .role import Role
from .terms import Terms

APPLICATION_PROTOCOLS = ("HTTP", "HTTPS")
NOT_ASSUMABLE = "Cannot assume role provided."  # hashicorp/terraform#7340, aws/aws-sdk-ruby#772
ONLY_ALB = (
    "Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing instead when you create/update "
    "Deployment group"
)


def check_account(role: Role, terms: Terms) -> str:
    """Look at service, target groups and listeners through the role; return the ARN of the group that serves.

    Raises:
        Refusal: the service is not deployed by CodeDeploy, or groups and listeners do not belong together.
    """
    blue = _check_service(role, terms)
    groups = _target_groups(role, terms)
    listeners = [terms.production_listener, *([terms.test_listener] if terms.test_listener else [])]
    found = [_listener(role, arn) for arn in listeners]
    if len({listener.load_balancer for listener in found}) > 1:
        raise Refusal("InvalidLoadBalancerInfo", "The listeners must belong to the same load balancer")
    _check_protocol(terms, found[0])
    if blue and blue not in {group.arn for group in groups}:
        raise Refusal("InvalidTargetGroupPair", "The ECS service does not use either of the target groups")
    return blue


def check_routing(role: Role, terms: Terms) -> None:
    """Check the routing that one deployment is to have instead of its group's.

    Raises:
        Refusal: it is gradual and the load balancer is none for that; one that cannot be read shows later.
    """
    try:
        listener = role.describe_listener(terms.production_listener)
    except CallFailed:
        return
    _check_protocol(terms, listener)


def put_weights(role: Role, terms: Terms, blue: str) -> None:
    """Write both target groups into the production route where traffic is to move gradually, as AWS does at once.

    Raises:
        Refusal: the load balancer refused.
    """
    if not terms.routing.gradual or not blue:
        return
    try:
        green = next(one.arn for one in role.describe_target_groups(terms.target_groups) if one.arn != blue)
        production = route.read(role, terms.production_listener, [blue])
        production.rewritten(lambda actions: weighted(actions, {blue: 100, green: 0})).write(role)
    except CallFailed as failure:
        raise Refusal("InvalidLoadBalancerInfo", failure.message) from failure


def _check_protocol(terms: Terms, listener: Listener) -> None:
    if terms.routing.gradual and listener.protocol not in APPLICATION_PROTOCOLS:
        raise Refusal("InvalidTrafficRoutingConfiguration", ONLY_ALB)


def _check_service(role: Role, terms: Terms) -> str:
    try:
        service = role.describe_service(terms.cluster, terms.service)
    except CallFailed as failure:
        if failure.unassumable:
            raise Refusal("InvalidRole", NOT_ASSUMABLE) from failure
        raise _unreadable(terms, failure.message) from failure
    if service is None or service.status == "INACTIVE":
        raise _unreadable(terms, "the service does not exist")
    if service.controller != "CODE_DEPLOY":
        raise Refusal("InvalidECSService", CONTROLLER)
    return service.primary.target_group if service.primary else ""


def _unreadable(terms: Terms, cause: str) -> Refusal:
    message = (
        f"Could not load ECS service information for cluster: {terms.cluster}, service: {terms.service}. Cause: {cause}"
    )
    return Refusal("InvalidECSService", message)


def _target_groups(role: Role, terms: Terms) -> tuple[TargetGroup, ...]:
    try:
        return role.describe_target_groups(terms.target_groups)
    except CallFailed as failure:
        raise Refusal("InvalidTargetGroupPair", failure.message) from failure


def _listener(role: Role, arn: str) -> Listener:
    try:
        return role.describe_listener(arn)
    except CallFailed as failure:
        raise Refusal("InvalidLoadBalancerInfo", failure.message) from failure
