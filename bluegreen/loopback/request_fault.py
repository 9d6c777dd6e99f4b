"""What is wrong with a request, by AWS's own model of the operation: asked only when answering it has failed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import botocore.session
from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, OperationNotFoundError, ServiceModel
from botocore.validate import ParamValidator

from . import aws_error

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# Services that sign with another name than botocore knows them by.
SIGNED_AS = {
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "apigateway": "apigatewayv2",
}


@dataclass(frozen=True)
class Fault:
    """A mistake of the client, in AWS's terms."""

    code: str
    message: str
    status: int = HTTPStatus.BAD_REQUEST


def find(environ: WSGIEnvironment, body: bytes) -> Fault | None:
    """Return what is wrong with the request; None when it is as the model has it, or there is no model of it."""
    model = _model(aws_error.service(environ))
    protocols = set(model.metadata.get("protocols", [model.metadata["protocol"]])) if model else set()
    if environ.get("HTTP_SMITHY_PROTOCOL") == aws_error.CBOR and model:
        return _in_path(environ["PATH_INFO"], model)
    if environ.get("HTTP_X_AMZ_TARGET") and model:
        return _in_json(environ, body, model)
    if protocols & {"query", "ec2"} or (not model and aws_error.is_query(environ)):
        return _in_query(environ, body, model)
    if "json" in protocols:
        return Fault("MissingAction", "The request must have the header X-Amz-Target")
    if protocols & {"rest-json", "rest-xml"} and model:
        return _in_uri(environ, model) or (_in_document(body) if "rest-json" in protocols and body else None)
    return None


def _in_uri(environ: WSGIEnvironment, model: ServiceModel) -> Fault | None:
    """Look for an operation with that method and path, and with the words that its query must have."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"].rstrip("/")
    words = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True).keys()
    for its_method, pattern, wanted in _uris(model.service_name):
        if its_method == method and wanted <= words and pattern.fullmatch(path):
            return None
    return Fault("UnknownOperationException", f"{model.service_name} has no operation {method} {path or '/'}", 404)


@cache
def _uris(service: str) -> list[tuple[str, re.Pattern[str], set[str]]]:
    model = botocore.session.get_session().get_service_model(service)
    return [_uri(model.operation_model(name)) for name in model.operation_names]


def _uri(operation: OperationModel) -> tuple[str, re.Pattern[str], set[str]]:
    pattern, words = _pattern(operation.http["requestUri"])
    shape = operation.input_shape
    for member in [shape.members[name] for name in shape.required_members] if shape else ():
        if member.serialization.get("location") == "querystring":
            words.add(member.serialization["name"])
    return operation.http["method"], pattern, words


def _pattern(uri: str) -> tuple[re.Pattern[str], set[str]]:
    path, _, query = uri.partition("?")
    pieces = re.split(r"(\{[^}]+\})", path.rstrip("/"))
    pattern = "".join(
        re.escape(one) if not one.startswith("{") else ".+" if one.endswith("+}") else "[^/]+" for one in pieces
    )
    return re.compile(pattern, re.DOTALL), {word.partition("=")[0] for word in query.split("&") if word}


def _in_path(path: str, model: ServiceModel) -> Fault | None:
    """CBOR names the operation in the path; what is in the body is for the service to judge."""
    if path.startswith("/service/") and _input(model, path.rsplit("/", 1)[-1]) is not False:
        return None
    return Fault("UnknownOperationException", f"{model.service_name} has no operation at {path}")


def _in_document(body: bytes) -> Fault | None:
    try:
        document = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return Fault("SerializationException", "The request's body is no JSON")
    if not isinstance(document, dict):
        return Fault("SerializationException", "The request's body is no JSON object")
    return None


def _in_json(environ: WSGIEnvironment, body: bytes, model: ServiceModel) -> Fault | None:
    target = environ["HTTP_X_AMZ_TARGET"]
    shape = _input(model, target.rsplit(".", 1)[-1])
    if shape is False:
        return Fault("UnknownOperationException", f"{model.service_name} has no operation {target!r}")
    if "json" not in environ.get("CONTENT_TYPE", ""):
        return Fault("UnknownOperationException", "Content-Type must be application/x-amz-json-1.1")
    if fault := _in_document(body):
        return fault
    report = ParamValidator().validate(json.loads(body or b"{}"), shape)
    if not report.has_errors():
        return None
    said = report.generate_report()
    return Fault("SerializationException" if "Invalid type" in said else "ValidationException", said)


def _in_query(environ: WSGIEnvironment, body: bytes, model: ServiceModel | None) -> Fault | None:
    given = parse_qs(environ.get("QUERY_STRING", "") + "&" + body.decode(errors="replace"), keep_blank_values=True)
    action = given.get("Action", [""])[0]
    if not action:
        return Fault("MissingAction", "The request must contain the parameter Action")
    if not model:
        return None
    shape = _input(model, action)
    if shape is False:
        return Fault("InvalidAction", f"{model.service_name} has no action {action}")
    for name in shape.required_members if shape else ():
        if not any(key == name or key.startswith(f"{name}.") for key in given):
            return Fault("MissingParameter", f"The request must contain the parameter {name}")
    return None


def _input(model: ServiceModel, operation: str) -> Any:
    """Return the shape of the operation's input, None if it takes none, False if there is no such operation."""
    try:
        return model.operation_model(operation).input_shape
    except OperationNotFoundError:
        return False


@cache
def _model(service: str) -> ServiceModel | None:
    try:
        return botocore.session.get_session().get_service_model(SIGNED_AS.get(service, service))
    except (UnknownServiceError, ValueError):
        return None
