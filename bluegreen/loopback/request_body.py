"""Reads a request's body whole, before anybody looks at it: at most so much, and not for ever."""

from __future__ import annotations

import io
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from . import aws_error

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A Lambda function's archive of 50 MB is 67 MB in base64; AWS takes no request that is longer but S3's.
LARGEST = 128 * 2**20
MALFORMED = "MalformedHttpRequestException"


class BodyError(ValueError):
    """A body that is not taken, as AWS says it."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class RequestBody:
    """Hands on requests whose body is here, with its true length."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            body = _read(environ)
        except BodyError as error:
            refusal = aws_error.response(environ, error.status, error.code, str(error))
            return refusal(environ, start_response)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return self._application(environ, start_response)


def _read(environ: WSGIEnvironment) -> bytes:
    chunked = environ.get("wsgi.input_terminated", False)
    announced = LARGEST + 1 if chunked else _announced(environ)
    try:
        body = environ["wsgi.input"].read(announced)
    except TimeoutError as error:
        message = "The request's body did not arrive in time"
        raise BodyError(HTTPStatus.REQUEST_TIMEOUT, "RequestTimeout", message) from error
    except OSError as error:  # a chunk whose length is none
        raise BodyError(HTTPStatus.BAD_REQUEST, MALFORMED, str(error)) from error
    if len(body) > LARGEST:
        raise _too_large()
    if not chunked and len(body) < announced:
        message = f"{len(body)} bytes came, Content-Length says {announced}"
        raise BodyError(HTTPStatus.BAD_REQUEST, "IncompleteBody", message)
    return body


def _announced(environ: WSGIEnvironment) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdecimal()):
        raise BodyError(HTTPStatus.BAD_REQUEST, MALFORMED, f"Content-Length is {text!r}")
    if len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        raise _too_large()
    return int(text)


def _too_large() -> BodyError:
    message = f"The request's body is larger than {LARGEST} bytes"
    return BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "RequestEntityTooLargeException", message)
