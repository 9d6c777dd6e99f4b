"""Target groups whose visitors stay with a target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from moto.elbv2.exceptions import InvalidConfigurationRequest
from moto.elbv2.models import FakeLoadBalancer, FakeTargetGroup

from bluegreen.loopback.data_plane.unsupported import UnsupportedError

from .actions import group_stickiness, target_groups

COOKIE = "lb_cookie"
DURATION = f"stickiness.{COOKIE}.duration_seconds"
DAY = 86_400


def target_stickiness(group: FakeTargetGroup) -> int | None:
    """Return for how many seconds a visitor stays with a target, None for no time.

    Raises:
        UnsupportedError: the group follows a cookie of the application.
    """
    if not is_sticky(group):
        return None
    kind = group.attributes.get("stickiness.type")
    if kind != COOKIE:
        raise UnsupportedError(f"the loopback has stickiness of the type {COOKIE}, not {kind}")
    return int(group.attributes.get(DURATION, DAY))


def is_sticky(group: FakeTargetGroup) -> bool:
    """Whether the group has stickiness of its own."""
    return str(group.attributes.get("stickiness.enabled")).lower() == "true"


def check(balancers: Iterable[FakeLoadBalancer], groups: Mapping[str, FakeTargetGroup]) -> None:
    """Refuse a forward to several groups of which one is sticky while the action is not (ELB user guide, "Listeners").

    Raises:
        InvalidConfigurationRequest: there is one.
    """
    for balancer in balancers:
        for listener in balancer.listeners.values():
            for rule in listener.rules.values():
                for action in rule.actions:
                    named = [arn for arn, _ in target_groups(action.data)]
                    own = any(is_sticky(groups[arn]) for arn in named if arn in groups)
                    if len(named) > 1 and own and group_stickiness(action.data) is None:
                        raise InvalidConfigurationRequest(
                            "You must enable group stickiness on a rule if you enabled target stickiness on one of its "
                            "target groups"
                        )
