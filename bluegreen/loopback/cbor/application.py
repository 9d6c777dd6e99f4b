"""The layer in front of an application: CBOR outside, JSON inside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import botocore.session
from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, ServiceModel
from werkzeug.wrappers import Response

from .reading import in_json
from .refused import RefusedError, unknown
from .writing import in_cbor, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PATH = re.compile(r"/service/([^/]+)/operation/([^/]+)")
# The names by which requests are signed, where they are not those of botocore's models.
_MODELS = {"monitoring": "cloudwatch", "tagging": "resourcegroupstaggingapi"}


class Cbor:
    """Hands a request in CBOR on as JSON, and brings the answer back in CBOR; other requests pass as they are.

    It serves whatever service's model lists both protocols. The body is expected whole, with its true length.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        named = _PATH.fullmatch(environ["PATH_INFO"])
        if environ.get("HTTP_SMITHY_PROTOCOL") != "rpc-v2-cbor" or not named:
            return self._application(environ, start_response)
        return self._answer(environ, *named.groups())(environ, start_response)

    def _answer(self, environ: WSGIEnvironment, prefix: str, name: str) -> Response:
        try:
            operation = _operation(_signing_name(environ), prefix, name)
            request = in_json(environ, operation)
        except RefusedError as refused:
            return refusal(refused)
        return in_cbor(Response.from_app(self._application, request, buffered=True), operation)


def _signing_name(environ: WSGIEnvironment) -> str:
    # Credential=<key>/<date>/<region>/<service>/aws4_request, as Signature Version 4 has it
    scope = environ.get("HTTP_AUTHORIZATION", "").split(",", 1)[0].split("/")
    if len(scope) != 5:
        raise RefusedError("MissingAuthenticationTokenException", "Missing Authentication Token", 403)
    return scope[3]


def _operation(signing_name: str, prefix: str, name: str) -> OperationModel:
    model = _model(signing_name)
    protocols = model.metadata.get("protocols", ()) if model else ()
    if not model or model.metadata.get("targetPrefix") != prefix or not {"smithy-rpc-v2-cbor", "json"} <= {*protocols}:
        raise unknown(prefix)
    if name not in model.operation_names:
        raise unknown(name)
    return model.operation_model(name)


@cache
def _model(signing_name: str) -> ServiceModel | None:
    try:
        return botocore.session.Session().get_service_model(_MODELS.get(signing_name, signing_name))
    except UnknownServiceError:
        return None
