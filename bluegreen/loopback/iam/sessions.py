"""Sessions of roles: what AWS services and functions sign their requests with.

They are kept where moto's STS keeps those of AssumeRole, so whoever assumes a role by himself is judged just as well.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from moto.sts.models import AssumedRole, STSBackend, sts_backends
from moto.utilities.utils import get_partition

from .roles import RoleArn, is_trusted

PREFIX = "ASIA"
SECONDS = 3600
# A session that ends within this time is not handed out again.
RESERVE = timedelta(minutes=15)


class NotAssumableError(Exception):
    """The role does not exist, or does not trust the service that wants to take it."""

    def __init__(self, role_arn: str, service: str) -> None:
        super().__init__(f"User: {service} is not authorized to perform: sts:AssumeRole on resource: {role_arn}")


@dataclass(frozen=True, kw_only=True)
class Session:
    """Temporary credentials of a role; `expires` is the moment from which they are refused."""

    access_key: str
    secret_key: str
    token: str
    expires: datetime

    @property
    def lasting(self) -> bool:
        """Whether they are good for another while."""
        return datetime.now(UTC) + RESERVE < self.expires


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who made a request: the session's role, and the policy that AssumeRole narrowed the session to."""

    arn: str
    role_arn: str
    token: str
    expired: bool
    session_policy: str | None


def assume(role_arn: str, *, service: str, session_name: str, region: str) -> Session:
    """Take the role for an AWS service, as in `lambda.amazonaws.com`, for an hour.

    Raises:
        NotAssumableError: there is no such role, or its trust policy does not name the service.
    """
    if not is_trusted(role_arn, service):
        raise NotAssumableError(role_arn, service)
    made = _backend(RoleArn(role_arn).account, region).assume_role(region, session_name, role_arn, "", SECONDS, "")
    # moto draws from a source that can be foreseen; a function must not be able to guess another one's
    made.session_token = secrets.token_urlsafe(48)
    return Session(
        access_key=made.access_key_id,
        secret_key=made.secret_access_key,
        token=made.session_token,
        expires=_expiry(made),
    )


def caller(access_key: str, account: str, region: str) -> Caller | None:
    """Return whose access key it is; None where it belongs to no session."""
    if not access_key.startswith(PREFIX):
        return None
    found = _backend(account, region).get_assumed_role_from_access_key(access_key)
    if found is None:
        return None
    return Caller(
        arn=found.arn,
        role_arn=found.role_arn,
        token=found.session_token,
        expired=_expiry(found) <= datetime.now(UTC),
        session_policy=found.policy or None,
    )


def _backend(account: str, region: str) -> STSBackend:
    return sts_backends[account][get_partition(region)]


def _expiry(role: AssumedRole) -> datetime:
    return role.expiration.replace(tzinfo=UTC)
