"""What a story asks and is answered, once more in CBOR: either way it must say what it says in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from botocore.model import ListShape, OperationModel, Shape, StructureShape
from botocore.parsers import JSONParser, RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer
from moto.core.serialize import JSONSerializer
from werkzeug.test import Client, TestResponse

from bluegreen.loopback.cbor import Cbor
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.wire import MODEL

SIGNED = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/codedeploy/aws4_request, SignedHeaders=host, Signature=0"
_PYTHON = {"string": str, "boolean": bool, "integer": int, "long": int, "double": float, "timestamp": datetime}


class InCbor:
    """Hears what a story asks and is answered; the same again, as from a poll, is looked at once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, name: str, request: Any, answer: Any) -> None:
        """Fail where the operation's request, or its answer or refusal, is another one in CBOR."""
        if (heard := repr((name, request, answer))) in self._seen:
            return
        self._seen.add(heard)
        operation: Any = MODEL.operation_model(name)  # moto's and botocore's at once
        if isinstance(answer, Refusal):
            page = _asked(operation, request, answer.get_body().encode(), 400)
            assert document(page.data) == {"__type": answer.error_type, "message": answer.message}
        else:
            serialized: Any = JSONSerializer(operation).serialize(answer)
            told = serialized["body"].encode()
            _check_answer(_asked(operation, request, told, 200), told, operation)


def document(body: bytes) -> Any:
    """Return what the bytes say without a service model: a timestamp is a datetime."""
    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


def same(cbor: Any, told: Any, shape: Shape, where: str) -> None:
    """Fail where a value has another type than the shape, or says something else than JSON does."""
    if isinstance(shape, StructureShape):
        assert cbor.keys() == told.keys(), where
        for name in told:
            same(cbor[name], told[name], shape.members[name], f"{where}.{name}")
    elif isinstance(shape, ListShape):
        assert isinstance(cbor, list), where
        for number, (one, other) in enumerate(zip(cbor, told, strict=True)):
            same(one, other, shape.member, f"{where}[{number}]")
    else:
        assert type(cbor) is _PYTHON[shape.type_name], (where, cbor)
        assert (cbor.timestamp() if isinstance(cbor, datetime) else cbor) == told, (where, cbor, told)


def _check_answer(page: TestResponse, told: bytes, operation: OperationModel) -> None:
    shape = operation.output_shape
    if shape is None:
        assert (page.data, page.headers.get("Content-Type")) == (b"", None), operation.name
        return
    assert page.headers["Content-Type"] == "application/cbor"
    same(document(page.data), json.loads(told), shape, operation.name)
    assert _parsed(RpcV2CBORParser, page.data, shape) == _parsed(JSONParser, told, shape)


def _asked(operation: OperationModel, request: Any, told: bytes, status: int) -> TestResponse:
    """Send the request in CBOR to a service that answers `told` in JSON; return what comes back."""
    heard: list[Any] = []

    def service(environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
        heard.append(json.load(environ["wsgi.input"]))
        start_response(str(status), [("Content-Type", "application/x-amz-json-1.1")])
        return [told]

    sent = RpcV2CBORSerializer().serialize_to_request(request, operation)
    headers = {**sent["headers"], "Authorization": SIGNED}
    page = Client(Cbor(service)).post(sent["url_path"], data=sent["body"] or b"", headers=headers)
    assert heard == [request], operation.name
    assert (page.status_code, page.headers["smithy-protocol"]) == (status, "rpc-v2-cbor")
    return page


def _parsed(parser: Callable[[], Any], body: bytes, shape: Shape) -> Any:
    return parser().parse({"body": body, "headers": {}, "status_code": 200}, shape)
