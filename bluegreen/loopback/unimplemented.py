"""What the loopback cannot do is said at once, by name, and no client tries it again."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The SDKs retry 500, 502, 503 and 504, Terraform for minutes on end; 501 they give to the user.
STATUS = 501
FORM = "application/x-www-form-urlencoded"

log = logging.getLogger(__name__)


class Unimplemented:
    """Wraps moto's application: an operation it lacks, or in which it fails, becomes a 501 that names it."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        operation = _operation(environ)
        return self._response(environ, operation)(environ, start_response)

    def _response(self, environ: WSGIEnvironment, operation: str) -> Response:
        if environ["PATH_INFO"].startswith("/moto-api"):
            return _refusal(environ, f"moto's own control paths are closed here ({operation})")
        try:
            response = Response.from_app(self._application, environ, buffered=True)
        except NotImplementedError as error:
            return _refusal(environ, f"the loopback does not have {operation}: {error}")
        except Exception as error:
            log.exception("%s failed", operation)
            return _refusal(environ, f"the loopback failed in {operation}: {type(error).__name__}: {error}")
        if _nothing_there(response, environ):
            return _refusal(environ, f"the loopback does not have {operation}")
        return response


def _operation(environ: WSGIEnvironment) -> str:
    """Name the operation the way its protocol does: a target header, an Action in the form, a method and path."""
    service = _service(environ)
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return f"{service} {target.rsplit('.', 1)[-1]}"
    if environ.get("CONTENT_TYPE", "").startswith(FORM):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        action = parse_qs(body.decode(errors="replace")).get("Action")
        if action:
            return f"{service} {action[0]}"
    return f"{service} {environ['REQUEST_METHOD']} {environ['PATH_INFO']}"


def _service(environ: WSGIEnvironment) -> str:
    # Credential=<key>/<date>/<region>/<service>/aws4_request, as Signature Version 4 has it
    scope = environ.get("HTTP_AUTHORIZATION", "").split(",", 1)[0].split("/")
    return scope[3] if len(scope) == 5 else "an unsigned"


def _nothing_there(response: Response, environ: WSGIEnvironment) -> bool:
    """Tell moto's answer to a path without a handler from AWS's `not found`, which has a body of its protocol."""
    if response.status_code != 404 or environ["REQUEST_METHOD"] == "HEAD":
        return False
    return not response.get_data() or (response.mimetype == "text/html" and b"<title>404" in response.get_data())


def _refusal(environ: WSGIEnvironment, message: str) -> Response:
    code = "NotImplementedByLoopback"
    if environ.get("CONTENT_TYPE", "").startswith(FORM):
        return Response(_xml(code, message), STATUS, mimetype="text/xml")
    body = json.dumps({"__type": code, "message": message})
    return Response(body, STATUS, {"x-amzn-ErrorType": code}, mimetype="application/json")


def _xml(code: str, message: str) -> str:
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    # EC2 reads Response/Errors/Error, the other query services the first Error there is.
    return f"<Response><Errors>{error}</Errors>{error}<RequestID>loopback</RequestID></Response>"
