"""What the loopback cannot do, or what is wrong with a request, is said at once, and no client tries it again."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from werkzeug.wrappers import Response

from . import aws_error, request_fault

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The SDKs retry 500, 502, 503 and 504, Terraform for minutes on end; 501 they give to the user.
STATUS = 501
ABSENT, FAILED = "NotImplementedByLoopback", "InternalFailure"

log = logging.getLogger(__name__)


class Unimplemented:
    """Wraps moto's application: no answer of it is a page of HTML or a traceback.

    An operation it lacks becomes a 501 that names it; where it fails, the request's own fault is looked for, and what
    is none becomes a 501 `InternalFailure`, with the traceback in the log.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        environ["wsgi.input"] = io.BytesIO(body)
        return self._response(environ, body)(environ, start_response)

    def _response(self, environ: WSGIEnvironment, body: bytes) -> Response:
        operation = _operation(environ, body)
        if environ["PATH_INFO"].startswith("/moto-api"):
            return _refusal(environ, ABSENT, f"moto's own control paths are closed here ({operation})")
        try:
            response = Response.from_app(self._application, environ, buffered=True)
        except NotImplementedError as error:
            absent = _refusal(environ, ABSENT, f"the loopback does not have {operation}: {error}")
            return _fault(environ, body) or absent
        except Exception as error:
            return _fault(environ, body) or _failure(environ, operation, error)
        if _nothing_there(response, environ):
            return _fault(environ, body) or _refusal(environ, ABSENT, f"the loopback does not have {operation}")
        if _is_page(response):
            return _fault(environ, body) or _without_page(environ, response, operation)
        return response


def _operation(environ: WSGIEnvironment, body: bytes) -> str:
    """Name the operation the way its protocol does: a target header, an Action in the form, a method and path."""
    service = aws_error.service(environ) or "an unsigned"
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return f"{service} {target.rsplit('.', 1)[-1]}"
    if aws_error.is_query(environ):
        action = parse_qs(body.decode(errors="replace")).get("Action")
        if action:
            return f"{service} {action[0]}"
    return f"{service} {environ['REQUEST_METHOD']} {environ['PATH_INFO']}"


def _fault(environ: WSGIEnvironment, body: bytes) -> Response | None:
    """Return the error for what the client did wrong, if it did."""
    fault = request_fault.find(environ, body)
    return aws_error.response(environ, fault.status, fault.code, fault.message) if fault else None


def _failure(environ: WSGIEnvironment, operation: str, error: Exception) -> Response:
    log.error("%s failed", operation, exc_info=error)
    return _refusal(environ, FAILED, f"the loopback failed in {operation}: {type(error).__name__}: {error}")


def _is_page(response: Response) -> bool:
    """Tell the web framework's own error pages from what AWS answers."""
    return response.status_code >= HTTPStatus.BAD_REQUEST and response.mimetype == "text/html"


def _without_page(environ: WSGIEnvironment, response: Response, operation: str) -> Response:
    if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        code = HTTPStatus(response.status_code).phrase.replace(" ", "")
        return aws_error.response(environ, response.status_code, code, f"{operation} is not answered here")
    log.error("%s failed: %s", operation, response.get_data(as_text=True))
    return _refusal(environ, FAILED, f"the loopback failed in {operation}")


def _nothing_there(response: Response, environ: WSGIEnvironment) -> bool:
    """Tell moto's answer to a path without a handler from AWS's `not found`, which has a body of its protocol."""
    if response.status_code != 404 or environ["REQUEST_METHOD"] == "HEAD":
        return False
    return not response.get_data() or (response.mimetype == "text/html" and b"<title>404" in response.get_data())


def _refusal(environ: WSGIEnvironment, code: str, message: str) -> Response:
    return aws_error.response(environ, STATUS, code, message)
