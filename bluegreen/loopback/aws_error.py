"""An error in the form that the client of a request understands: JSON, the XML of queries, S3's XML, or CBOR."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FORM = "application/x-www-form-urlencoded"
CBOR = "rpc-v2-cbor"
# The services of the protocol rest-xml beside S3.
XML_SERVICES = ("cloudfront", "route53")
MAP_OF_TWO, TEXT, LONG_TEXT = b"\xa2", 0x60, b"\x79"


def response(environ: WSGIEnvironment, status: int, code: str, message: str) -> Response:
    """Return the error `code` in the protocol that the request is in."""
    if environ.get("HTTP_SMITHY_PROTOCOL") == CBOR:
        body = MAP_OF_TWO + b"".join(_cbor(text) for text in ("__type", code, "message", message))
        return Response(body, status, {"smithy-protocol": CBOR}, mimetype="application/cbor")
    if is_query(environ) or service(environ) in ("s3", *XML_SERVICES):
        return Response(_xml(code, message, of_s3=service(environ) == "s3"), status, mimetype="text/xml")
    document = json.dumps({"__type": code, "message": message})
    return Response(document, status, {"x-amzn-ErrorType": code}, mimetype="application/json")


def service(environ: WSGIEnvironment) -> str:
    """Return the service that a request was signed for; empty when it is not signed."""
    # Credential=<key>/<date>/<region>/<service>/aws4_request, as Signature Version 4 has it
    scope = environ.get("HTTP_AUTHORIZATION", "").split(",", 1)[0].split("/")
    return scope[3].lower() if len(scope) == 5 else ""


def is_query(environ: WSGIEnvironment) -> bool:
    """Whether the request is in the query protocol: a form, or an Action in the URL."""
    if "HTTP_X_AMZ_TARGET" in environ:
        return False
    return environ.get("CONTENT_TYPE", "").startswith(FORM) or "Action=" in environ.get("QUERY_STRING", "")


def _xml(code: str, message: str, *, of_s3: bool) -> str:
    said = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if of_s3:
        return f"<Error>{said}<RequestId>loopback</RequestId></Error>"
    error = f"<Error><Type>Sender</Type>{said}</Error>"
    # EC2 reads Response/Errors/Error, the other query services the first Error there is.
    return f"<Response><Errors>{error}</Errors>{error}<RequestID>loopback</RequestID></Response>"


def _cbor(text: str) -> bytes:
    """A text string: its length in the first byte, or in two more (RFC 8949, section 3)."""
    data = text.encode()[:0xFFFF]
    head = bytes([TEXT + len(data)]) if len(data) < 24 else LONG_TEXT + len(data).to_bytes(2)
    return head + data
