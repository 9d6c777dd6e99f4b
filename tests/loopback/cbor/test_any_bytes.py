"""Whatever bytes come, the service hears JSON or nothing, and the client an answer in CBOR that is no 5xx."""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import werkzeug.test
from botocore.serialize import RpcV2CBORSerializer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bluegreen.loopback.cbor import Cbor

SIGNED = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/codedeploy/aws4_request, SignedHeaders=host, Signature=0"
MODEL = botocore.session.Session().get_service_model("codedeploy")
OPERATION = MODEL.operation_model("ListDeployments")
MEMBERS = {"applicationName": "a", "includeOnlyStatuses": ["Failed"], "createTimeRange": {"start": 1.5, "end": 2}}
REQUEST = RpcV2CBORSerializer().serialize_to_request(MEMBERS, OPERATION)["body"]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A right request with some bytes replaced, cut out or put in."""
    body = bytearray(REQUEST)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        body[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(body)


@settings(max_examples=400, deadline=None)
@example(REQUEST)
@example(b"\x9f" * 50_000)
@example(b"\xc1\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00")  # the time of infinity
@example(b"\xa1\xc1\x01\x01")  # a time as a key
@example(b"\xfb\x7f\xf8\x00\x00\x00\x00\x00\x00")  # no number
@given(spoiled() | st.binary(max_size=40))
def test_bytes_that_are_no_request_are_refused(body: bytes) -> None:
    heard: list[Any] = []

    def service(environ: Any, start_response: Any) -> list[bytes]:
        heard.append(json.load(environ["wsgi.input"]))
        start_response("200 OK", [("Content-Type", "application/x-amz-json-1.1")])
        return [b'{"deployments": ["d-000000000"]}']

    headers = {"smithy-protocol": "rpc-v2-cbor", "Authorization": SIGNED}
    path = "/service/CodeDeploy_20141006/operation/ListDeployments"
    answer = werkzeug.test.Client(Cbor(service)).post(path, data=body, headers=headers)
    assert answer.status_code == (200 if heard else 400)
    assert answer.headers["smithy-protocol"] == "rpc-v2-cbor"
    assert (b"SerializationException" in answer.data) is not bool(heard)


def test_a_request_in_json_passes_as_it_is() -> None:
    def service(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/x-amz-json-1.1")])
        return [environ["wsgi.input"].read()]

    answer = werkzeug.test.Client(Cbor(service)).post("/", data=b"{}", headers={"Authorization": SIGNED})
    assert answer.data == b"{}"
    assert "smithy-protocol" not in answer.headers
