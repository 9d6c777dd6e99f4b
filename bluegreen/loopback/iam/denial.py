"""Refusals of IAM, in the words and codes that each API protocol has for them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from moto.core.exceptions import ServiceException

from .evaluation import Decision
from .statement import Request

# Query and XML services have the older name.
_DENIED: Mapping[str, str] = {"query": "AccessDenied", "rest-xml": "AccessDenied", "ec2": "UnauthorizedOperation"}
_UNKNOWN: Mapping[str, str] = {"json": "UnrecognizedClientException", "rest-json": "UnrecognizedClientException"}
_EXPIRED: Mapping[str, str] = {"query": "ExpiredToken", "rest-xml": "ExpiredToken", "ec2": "RequestExpired"}


class Denial(ServiceException):
    """A request that IAM lets nobody serve; `status` is HTTP's."""

    def __init__(self, code: str, message: str, status: HTTPStatus) -> None:
        super().__init__(code, message)
        self.status = status


def denied(protocol: str, caller: str, request: Request, decision: Decision) -> Denial:
    """The caller may not do what it asked for."""
    status = HTTPStatus.BAD_REQUEST if protocol == "json" else HTTPStatus.FORBIDDEN
    words = message(caller, request, decision)
    return Denial(_DENIED.get(protocol, "AccessDeniedException"), words, status)


def message(caller: str, request: Request, decision: Decision) -> str:
    """Say who may not do what, and why."""
    on = request.resource or "*"
    return f"User: {caller} is not authorized to perform: {request.action} on resource: {on} {decision.reason}"


def unknown(protocol: str) -> Denial:
    """The token is not the session's, or the session's role is gone."""
    code = _UNKNOWN.get(protocol, "InvalidClientTokenId")
    return Denial(code, "The security token included in the request is invalid.", HTTPStatus.FORBIDDEN)


def expired(protocol: str) -> Denial:
    """The session is over."""
    code = _EXPIRED.get(protocol, "ExpiredTokenException")
    return Denial(code, "The security token included in the request is expired", HTTPStatus.FORBIDDEN)
