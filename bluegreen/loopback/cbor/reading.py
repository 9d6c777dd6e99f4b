"""A request in CBOR, as the same request in JSON."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.model import OperationModel
from botocore.parsers import ResponseParserError, RpcV2CBORParser

from .refused import RefusedError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# What AWS takes of the largest of these requests, PutMetricData, is 1 MB; it may come compressed.
MOST_BYTES = 4 << 20
# RuntimeError: too deep, or a time that no calendar has
_UNREADABLE = (ResponseParserError, ValueError, TypeError, OverflowError, OSError, RuntimeError, EOFError, zlib.error)
_OF_CBOR = {"HTTP_SMITHY_PROTOCOL", "HTTP_CONTENT_ENCODING", "HTTP_ACCEPT"}


def in_json(environ: WSGIEnvironment, operation: OperationModel) -> WSGIEnvironment:
    """Return the request as a client that speaks JSON would send it.

    Raises:
        RefusedError: the body is no CBOR, or too long.
    """
    metadata = operation.service_model.metadata
    body = _body(environ)
    return {
        **{key: value for key, value in environ.items() if key not in _OF_CBOR},
        "PATH_INFO": "/",
        "REQUEST_URI": "/",
        "RAW_URI": "/",
        "CONTENT_TYPE": f"application/x-amz-json-{metadata['jsonVersion']}",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_AMZ_TARGET": f"{metadata['targetPrefix']}.{operation.name}",
        "wsgi.input": io.BytesIO(body),
    }


def _body(environ: WSGIEnvironment) -> bytes:
    stream: Any = environ["wsgi.input"]
    packed = environ.get("HTTP_CONTENT_ENCODING") == "gzip"
    try:
        body = (gzip.GzipFile(fileobj=stream) if packed else stream).read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise RefusedError("RequestEntityTooLargeException", f"A request has at most {MOST_BYTES} bytes", 413)
        return json.dumps(_document(body), default=_scalar).encode()
    except _UNREADABLE as error:
        raise RefusedError("SerializationException", "The request body is not a CBOR document") from error


def _document(body: bytes) -> Any:
    parser = RpcV2CBORParser()
    return parser.parse_data_item(_Stream(io.BytesIO(body))) if body else {}


class _Stream(io.BufferedReader):
    """What a document claims to have costs no memory: no more is asked for than a body can have."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(MOST_BYTES if size is None else min(size, MOST_BYTES))


def _scalar(value: Any) -> float | str:
    """Write what JSON has not as AWS's JSON has it: a timestamp in epoch seconds, a blob in Base64."""
    if isinstance(value, datetime):
        return value.timestamp()
    return base64.b64encode(value).decode()
