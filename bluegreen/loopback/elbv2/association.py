"""Which load balancer a target group belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from moto.elbv2.models import FakeLoadBalancer

from .actions import target_groups
from .exceptions import TargetGroupAssociationLimitError


def owners(balancers: Iterable[FakeLoadBalancer], groups: Iterable[str]) -> dict[str, list[str]]:
    """Return for each target group ARN the load balancer whose listeners or rules name it, at whatever weight.

    Raises:
        TargetGroupAssociationLimitError: two load balancers name the same group.
    """
    result: dict[str, list[str]] = {arn: [] for arn in groups}
    for balancer in balancers:
        for arn in _named(balancer):
            result[arn].append(balancer.arn)
    for arn, balancers_of_it in result.items():
        if len(balancers_of_it) > 1:
            raise TargetGroupAssociationLimitError(arn)
    return result


def _named(balancer: FakeLoadBalancer) -> set[str]:
    return {
        arn
        for listener in balancer.listeners.values()
        for rule in listener.rules.values()
        for action in rule.actions
        for arn, _ in target_groups(action.data)
    }
