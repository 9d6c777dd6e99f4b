"""Only what was sent to this machine on purpose: a web page must not reach the loopback through a name of its own."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class OwnHost:
    """Refuses requests that a browser sends for a page, or that name another host than this machine.

    The API starts programs, and it asks nobody for a secret: DNS rebinding would let any page use it.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "").rsplit(":", 1)[0]
        if is_own(host) and "HTTP_ORIGIN" not in environ:
            return self._application(environ, start_response)
        error = {"__type": "AccessDenied", "message": f"this is {environ['SERVER_NAME']}, asked for as {host!r}"}
        return Response(json.dumps(error), HTTPStatus.FORBIDDEN, mimetype="application/json")(environ, start_response)


def is_own(host: str) -> bool:
    """Whether a Host header (without its port) names this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
