"""Roles as they are in the account: their trust policy, and the policies that their requests are judged by."""

from __future__ import annotations

from dataclasses import dataclass

from moto.iam.exceptions import NotFoundException
from moto.iam.models import IAMBackend, Policy, Role, iam_backends

from . import record
from .evaluation import Decision, Policies, evaluate, trusts
from .statement import Request, Statement, statements

ASSUME = "sts:AssumeRole"


@dataclass(frozen=True)
class RoleArn:
    """An ARN such as `arn:aws:iam::123456789012:role/service-role/hook`, taken apart."""

    arn: str

    @property
    def partition(self) -> str:
        return self._part(1)

    @property
    def account(self) -> str:
        return self._part(4)

    @property
    def name(self) -> str:
        """The role's name, without its path."""
        return self.arn.rsplit("/", 1)[-1]

    def _part(self, number: int) -> str:
        parts = self.arn.split(":")
        return parts[number] if len(parts) == 6 else ""


def exists(role_arn: str) -> bool:
    """Whether there is such a role."""
    return _find(role_arn) is not None


def is_trusted(role_arn: str, service: str) -> bool:
    """Whether the role exists and its trust policy names the service, as in `codedeploy.amazonaws.com`."""
    role = _find(role_arn)
    if role is None:
        return False
    context = {"aws:SourceAccount": (RoleArn(role_arn).account,)}
    trust_policy = statements("trust policy", role.assume_role_policy_document)
    return trusts(trust_policy, service, Request(action=ASSUME, resource=role_arn, context=context))


def policies_of(role_arn: str, session_policy: str | None = None) -> Policies | None:
    """Return what the role's requests are judged by as of now; None where there is no such role."""
    role = _find(role_arn)
    if role is None:
        return None
    inline = [one for name, document in role.policies.items() for one in statements(name, document)]
    attached = [one for policy in role.managed_policies.values() for one in _managed(policy)]
    return Policies(
        identity=(*inline, *attached),
        boundary=_boundary(role_arn, role.permissions_boundary_arn),
        session=statements("session policy", session_policy) if session_policy else None,
    )


def allows(role_arn: str, *requests: Request) -> bool:
    """Whether the role may do all of this, which a service asks for it; a role that does not exist may do nothing."""
    return all(ask(role_arn, request).allowed for request in requests)


def ask(role_arn: str, request: Request) -> Decision:
    """Judge what a service asks with the role, and write it to the record."""
    decision = decide(role_arn, request)
    record.note(role_arn, request, allowed=decision.allowed)
    return decision


def decide(role_arn: str, request: Request) -> Decision:
    """Judge one request of the role."""
    return evaluate(policies_of(role_arn) or Policies(), request)


def _find(role_arn: str) -> Role | None:
    try:
        return _backend(role_arn).get_role_by_arn(role_arn)
    except (KeyError, NotFoundException):  # KeyError: no partition of that name
        return None


def _backend(role_arn: str) -> IAMBackend:
    arn = RoleArn(role_arn)
    return iam_backends[arn.account][arn.partition]


def _boundary(role_arn: str, policy_arn: str | None) -> tuple[Statement, ...] | None:
    if not policy_arn:
        return None
    policy = _backend(role_arn).managed_policies.get(policy_arn)
    return _managed(policy) if policy else ()


def _managed(policy: Policy) -> tuple[Statement, ...]:
    return statements(policy.name, next(one.document for one in policy.versions if one.is_default))
