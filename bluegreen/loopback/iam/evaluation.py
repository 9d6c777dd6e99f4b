"""May a role do this? The policies that apply, one request, one decision. Pure.

Not looked at: policies on the resource (of a bucket, a topic, a function), service control policies, and policy
variables such as `${aws:username}`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .statement import ALLOW, DENY, Request, Statement

IDENTITY, BOUNDARY, SESSION = "identity-based policy", "permissions boundary", "session policy"


@dataclass(frozen=True, kw_only=True)
class Policies:
    """What a role's requests are judged by; a boundary or session policy that is None is not there."""

    identity: tuple[Statement, ...] = ()
    boundary: tuple[Statement, ...] | None = None
    session: tuple[Statement, ...] | None = None

    def kinds(self) -> list[tuple[str, tuple[Statement, ...]]]:
        """Each kind of policy that is there; every one of them must allow what is to be allowed."""
        kinds = ((IDENTITY, self.identity), (BOUNDARY, self.boundary), (SESSION, self.session))
        return [(kind, found) for kind, found in kinds if found is not None]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`statement` is the one that decided, None where none did; `reason` is AWS's, empty where it is allowed."""

    allowed: bool
    statement: Statement | None = None
    reason: str = ""


def evaluate(policies: Policies, request: Request) -> Decision:
    """Decide as IAM does: an explicit deny wins, and every kind of policy that is there has to allow it."""
    kinds = policies.kinds()
    for kind, found in kinds:
        denying = _first(found, DENY, request)
        if denying:
            article = "a" if kind != IDENTITY else "an"
            return Decision(allowed=False, statement=denying, reason=f"with an explicit deny in {article} {kind}")
    allowing = None
    for kind, found in kinds:
        allows = _first(found, ALLOW, request)
        if allows is None:
            return Decision(allowed=False, reason=f"because no {kind} allows the {request.action} action")
        allowing = allowing or allows
    return Decision(allowed=True, statement=allowing)


def trusts(trust_policy: Iterable[Statement], service: str, request: Request) -> bool:
    """Whether a role's trust policy lets an AWS service, as in `lambda.amazonaws.com`, take the role."""
    about = [
        one
        for one in trust_policy
        if one.names(request.action) and not {service, "*"}.isdisjoint(one.services) and one.holds(request.context)
    ]
    return any(one.effect == ALLOW for one in about) and not any(one.effect == DENY for one in about)


def _first(found: Iterable[Statement], effect: str, request: Request) -> Statement | None:
    return next((one for one in found if one.effect == effect and one.is_about(request)), None)
