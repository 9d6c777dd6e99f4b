"""What a bucket's policy says of a request: moto takes a Deny for whoever speaks no TLS as one for everybody.

Whom a statement names is not looked at, as in moto.
"""

from __future__ import annotations

from typing import Any

from bluegreen.loopback.iam.statement import ALLOW, DENY, Request, statements

# This is a stand-in for endpoints that speak TLS alone.
CONTEXT = {"aws:SecureTransport": ("true",)}


def install() -> None:
    """Let a bucket judge by its policy's conditions as well."""
    from moto.s3.models import FakeBucket  # noqa: PLC0415 - moto reads its environment then

    FakeBucket.get_permission = _judge  # type: ignore[method-assign]


def _judge(bucket: Any, action: str, resource: str) -> Any:
    from moto.iam.access_control import PermissionResult  # noqa: PLC0415 - moto reads its environment then

    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    document = bucket.policy.decode() if isinstance(bucket.policy, bytes) else bucket.policy
    request = Request(action=action, resource=resource, context=CONTEXT)
    effects = {one.effect for one in statements("bucket policy", document) if one.is_about(request)}
    if DENY in effects:
        return PermissionResult.DENIED
    return PermissionResult.PERMITTED if ALLOW in effects else PermissionResult.NEUTRAL
