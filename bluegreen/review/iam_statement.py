"""A statement of an IAM policy, and whether another one grants as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import iam_condition, wildcard

Conditions = Mapping[tuple[str, str], frozenset[str]]
"""(operator, key in lower case) → values."""


@dataclass(frozen=True)
class Scope:
    """The actions, resources or principals of a statement: those that a pattern matches, or those that none does."""

    patterns: frozenset[str]
    is_negated: bool = False

    def each(self) -> Iterator[Scope]:
        """Yield the parts that can be compared one by one."""
        if self.is_negated:
            yield self
        else:
            yield from (Scope(frozenset({pattern})) for pattern in sorted(self.patterns))

    def covers(self, one: Scope) -> bool:
        """Whether everything in `one`, a part that `each` has yielded, is in this scope."""
        if one.is_negated:
            if not self.is_negated:
                return "*" in self.patterns
            return all(_any_covers(one.patterns, pattern) for pattern in self.patterns)
        (pattern,) = one.patterns
        if self.is_negated:
            return not any(wildcard.may_meet(pattern, other) for other in self.patterns)
        return _any_covers(self.patterns, pattern)

    def __str__(self) -> str:
        names = ", ".join(sorted(self.patterns))
        return f"anything but {names}" if self.is_negated else names


EVERYTHING = Scope(frozenset({"*"}))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Who may do what to which, and when. A trust policy has no resources, an identity's policy no principals."""

    is_deny: bool = False
    actions: Scope
    resources: Scope = EVERYTHING
    principals: Scope = EVERYTHING
    conditions: Conditions = field(default_factory=dict)

    def each(self) -> Iterator[Statement]:
        """Yield a statement for each single action, resource and principal."""
        for action in self.actions.each():
            for resource in self.resources.each():
                for principal in self.principals.each():
                    yield Statement(
                        is_deny=self.is_deny,
                        actions=action,
                        resources=resource,
                        principals=principal,
                        conditions=self.conditions,
                    )

    def covers(self, one: Statement, *, whatever_the_conditions: bool = False) -> bool:
        """Whether this applies wherever `one`, which `each` has yielded, applies."""
        return (
            self.is_deny == one.is_deny
            and self.actions.covers(one.actions)
            and self.resources.covers(one.resources)
            and self.principals.covers(one.principals)
            and (whatever_the_conditions or iam_condition.is_no_stricter(self.conditions, one.conditions))
        )

    def __str__(self) -> str:
        """As in `s3:GetObject on arn:aws:s3:::bucket/* by Service:codedeploy.amazonaws.com`."""
        by = "" if self.principals == EVERYTHING else f" by {self.principals}"
        on = "" if self.resources == EVERYTHING and by else f" on {self.resources}"
        return f"{self.actions}{on}{by}"


def _any_covers(wide: frozenset[str], narrow: str) -> bool:
    return any(wildcard.covers(pattern, narrow) for pattern in wide)
