"""What an SDK sends again since the answer did not reach it: it is given the same answer, and nothing is done twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from . import aws_error

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Of the services that Terraform calls, the one that refuses to make twice what has no name.
SERVICE = "ec2"
INVOCATION = "HTTP_AMZ_SDK_INVOCATION_ID"
REMEMBERED = 1000


class Resent:
    """Remembers what the last calls of EC2 were answered, by the id that an SDK gives to all attempts of a call.

    On a loaded machine an answer may be lost on its way; AuthorizeSecurityGroupIngress would then be refused as
    InvalidPermission.Duplicate, and a whole apply would fail.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._answers: OrderedDict[str, Response] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        call = environ.get(INVOCATION)
        if not call or aws_error.service(environ) != SERVICE:
            return self._application(environ, start_response)
        with self._lock:
            known = self._answers.get(call)
        return (known or self._answer(call, environ))(environ, start_response)

    def _answer(self, call: str, environ: WSGIEnvironment) -> Response:
        response = Response.from_app(self._application, environ, buffered=True)
        if response.status_code == HTTPStatus.OK:
            with self._lock:
                self._answers[call] = response
                while len(self._answers) > REMEMBERED:
                    self._answers.popitem(last=False)
        return response
