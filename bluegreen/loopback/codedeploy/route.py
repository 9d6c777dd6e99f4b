"""A traffic route: a listener, and those of its actions that forward to the pair of target groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .account import Action
from .forwarding import weights
from .role import ElasticLoadBalancing

Rewrite = Callable[[Sequence[Action]], Sequence[Action]]


@dataclass(frozen=True, kw_only=True)
class Route:
    """The actions as they were read: `default` is empty where the default action forwards elsewhere."""

    listener: str
    load_balancer: str = ""
    default: Sequence[Action] = ()
    rules: Mapping[str, Sequence[Action]] = field(default_factory=dict)

    def forwards_to(self, group: str) -> bool:
        """Whether the default action or a rule names the target group, with any weight."""
        return any(group in weights(actions) for actions in (self.default, *self.rules.values()))

    def shares(self) -> tuple[Mapping[str, int], ...]:
        """The weights of the default action and of each rule: all that matters of a route to a visitor."""
        return weights(self.default), *(weights(actions) for actions in self.rules.values())

    def rewritten(self, rewrite: Rewrite) -> Route:
        """Return the route with every action rewritten."""
        return Route(
            listener=self.listener,
            load_balancer=self.load_balancer,
            default=rewrite(self.default),
            rules={rule: rewrite(actions) for rule, actions in self.rules.items()},
        )

    def write(self, role: ElasticLoadBalancing) -> None:
        """Put the actions in place; doing it again does no harm.

        Raises:
            CallFailed: a listener or rule could not be modified.
        """
        if self.default:
            role.modify_listener(self.listener, self.default)
        for rule, actions in self.rules.items():
            role.modify_rule(rule, actions)


def read(role: ElasticLoadBalancing, listener: str, groups: Sequence[str]) -> Route:
    """Read the route of `listener` to the target groups; rules that forward elsewhere are left out.

    Raises:
        CallFailed: the listener or its rules cannot be described.
    """
    found = role.describe_listener(listener)
    rules = {rule.arn: rule.actions for rule in role.describe_rules(listener) if _meets(rule.actions, groups)}
    return Route(
        listener=listener,
        load_balancer=found.load_balancer,
        default=found.actions if _meets(found.actions, groups) else (),
        rules=rules,
    )


def _meets(actions: Sequence[Action], groups: Sequence[str]) -> bool:
    return not weights(actions).keys().isdisjoint(groups)
