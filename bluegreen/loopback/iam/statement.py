"""Policy documents as statements, frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .condition import Context, holds
from .wildcard import arn_matches, matches

ALLOW, DENY = "Allow", "Deny"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One action on one resource; `resource` is None where it is not known which one the call is about.

    `context` holds the condition keys of the call with their values, for example
    `{"iam:PassedToService": ("ecs-tasks.amazonaws.com",)}`.
    """

    action: str
    resource: str | None
    context: Context = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement; `policy` names the policy it stands in."""

    policy: str
    effect: str
    sid: str = ""
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    conditions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def is_about(self, request: Request) -> bool:
        """Whether the statement applies to the request."""
        return self.names(request.action) and self._covers(request.resource) and self.holds(request.context)

    def names(self, action: str) -> bool:
        """Whether the statement is about the action; IAM ignores the case of actions."""
        patterns = self.not_actions or self.actions
        named = any(matches(pattern.lower(), action.lower()) for pattern in patterns)
        return named != bool(self.not_actions)

    def holds(self, context: Context) -> bool:
        """Whether the statement's conditions hold."""
        return holds(self.conditions, context)

    def _covers(self, resource: str | None) -> bool:
        if resource is None:
            # nothing is denied, and nothing refused, for a resource that the loopback cannot name
            return self.effect == ALLOW or "*" in self.resources
        patterns = self.not_resources or self.resources
        return any(arn_matches(pattern, resource) for pattern in patterns) != bool(self.not_resources)


def statements(policy: str, document: str) -> tuple[Statement, ...]:
    """Read the JSON `document` of the policy called `policy`; a trust policy is one too."""
    return tuple(_statement(policy, one) for one in _many(json.loads(document).get("Statement")))


def _statement(policy: str, given: Mapping[str, Any]) -> Statement:
    principal = given.get("Principal", {})
    services = ("*",) if principal == "*" else _words(principal.get("Service"))
    conditions = {
        operator: {key: _words(values) for key, values in keys.items()}
        for operator, keys in given.get("Condition", {}).items()
    }
    return Statement(
        policy=policy,
        effect=given.get("Effect", ""),
        sid=given.get("Sid", ""),
        actions=_words(given.get("Action")),
        not_actions=_words(given.get("NotAction")),
        resources=_words(given.get("Resource")),
        not_resources=_words(given.get("NotResource")),
        services=services,
        conditions=conditions,
    )


def _words(given: Any) -> tuple[str, ...]:
    return tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in _many(given))


def _many(given: Any) -> list[Any]:
    if given is None:
        return []
    return given if isinstance(given, list) else [given]
