"""The gate: every request that a role's session signs is judged before moto serves it.

It stands where moto asks its own IAM. Requests of anybody else (a user, Terraform with whatever credentials) pass: who
starts a loopback owns the account. What anybody asks is written to the record, if one is kept.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import get_service_model
from moto.s3.exceptions import S3ClientError
from werkzeug.exceptions import HTTPException

from . import denial, record, sessions
from .call import Call
from .condition import Context
from .denial import Denial
from .evaluation import evaluate
from .requests import requests
from .roles import policies_of
from .sessions import Caller
from .statement import Request

REMEMBERED = 10_000
# Where IAM's prefix is not the name in the signature.
_PREFIXES = {"monitoring": "cloudwatch"}
_ACCESS_KEY = re.compile(r"Credential=([^/,\s]+)/")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that a role asked to do."""

    role_arn: str
    request: Request
    allowed: bool


_asked: deque[Asked] = deque(maxlen=REMEMBERED)


def asked() -> tuple[Asked, ...]:
    """Return what roles of this process's account have asked for, the latest last."""
    return tuple(_asked)


def forget() -> None:
    """Begin a new record."""
    _asked.clear()


class Answer(HTTPException):
    """A refusal that is serialized already: what moto returns where its own authorization fails."""

    def __init__(self, code: int, body: Any) -> None:
        super().__init__(body)
        self.code = code


def authorize(response: BaseResponse, resource: str = "*") -> None:
    """Judge a request: moto calls this first; `resource` is what the service itself names, `*` nothing.

    Raises:
        Answer: the request is refused.
    """
    caller = _caller(response)
    named = resource if resource != "*" else None
    if caller is None:
        _write_down(response, named)
        return
    try:
        _judge(response, caller, _call(response, named))
    except Denial as refusal:
        _, headers, body = response.serialized(ActionResult(refusal))
        response.response_headers.update(headers)
        raise Answer(refusal.status, body) from refusal


def authorize_s3(response: BaseResponse, bucket_name: str | None = None, key_name: str | None = None) -> None:
    """Judge a request of S3, which moto asks about apart from the others.

    Raises:
        S3ClientError: the request is refused.
    """
    caller = _caller(response)
    name = "/".join(part for part in (bucket_name, key_name) if part)
    named = f"arn:{response.partition}:s3:::{name}" if name else None
    if caller is None:
        _write_down(response, named)
        return
    try:
        _judge(response, caller, _call(response, named))
    except Denial as refusal:
        raise S3ClientError(refusal.code, refusal.message) from refusal


def _caller(response: BaseResponse) -> Caller | None:
    return sessions.caller(response.access_key, response.current_account, response.region)


def _write_down(response: BaseResponse, resource: str | None) -> None:
    """Record what somebody asks who is no role: by the key that signed it."""
    if record.current() is None:
        return
    signed = _ACCESS_KEY.search(response.headers.get("Authorization", ""))
    for request in requests(_call(response, resource)):
        record.note(signed[1] if signed else "", request)


def _judge(response: BaseResponse, caller: Caller, call: Call) -> None:
    protocol = response.determine_response_protocol(get_service_model(response.boto3_service_name))
    policies = policies_of(caller.role_arn, caller.session_policy)
    if policies is None or not secrets.compare_digest(_token(response), caller.token):
        raise denial.unknown(protocol)
    if caller.expired:
        raise denial.expired(protocol)
    about = _context(call, caller)
    for one in requests(call):
        request = Request(action=one.action, resource=one.resource, context={**about, **one.context})
        decision = evaluate(policies, request)
        _asked.append(Asked(role_arn=caller.role_arn, request=request, allowed=decision.allowed))
        record.note(caller.role_arn, replace(request, context=one.context), allowed=decision.allowed)
        if not decision.allowed:
            raise denial.denied(protocol, caller.arn, request, decision)


def _call(response: BaseResponse, resource: str | None) -> Call:
    signed_for = get_service_model(response.boto3_service_name).signing_name
    return Call(
        service=_PREFIXES.get(signed_for, signed_for),
        operation=response._get_action(),
        account=response.current_account,
        region=response.region,
        partition=response.partition,
        parameter=lambda name: response.uri_match.get(name) or response._get_param(name),
        resource=resource,
        method=response.method,
        path=response.path,
        query={name: str(values[0]) for name, values in response.querystring.items() if values},
    )


def _token(response: BaseResponse) -> str:
    return response.headers.get("X-Amz-Security-Token", "")


def _context(call: Call, caller: Caller) -> Context:
    """The keys that every call brings; `aws:SourceIp`, `aws:SourceVpc` and their like are not among them."""
    now = datetime.now(UTC)
    return {
        "aws:CurrentTime": (now.isoformat(),),
        "aws:EpochTime": (str(int(now.timestamp())),),
        "aws:PrincipalAccount": (call.account,),
        "aws:PrincipalArn": (caller.role_arn,),
        "aws:PrincipalType": ("AssumedRole",),
        "aws:RequestedRegion": (call.region,),
        # this is a stand-in for endpoints that speak TLS alone
        "aws:SecureTransport": ("true",),
    }
