"""An answer in JSON, as the same answer in CBOR."""

from __future__ import annotations

import json
from typing import Any

from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import JSONParser
from botocore.serialize import RpcV2CBORSerializer
from werkzeug.wrappers import Response

from .refused import RefusedError

HEADERS = {"smithy-protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}
_TEXT = {"shape": "Text"}
_ERRORS = ServiceModel(
    {
        "metadata": {"targetPrefix": "Errors"},
        "shapes": {
            "Text": {"type": "string"},
            "Error": {"type": "structure", "members": {"__type": _TEXT, "message": _TEXT}},
        },
    }
)


def in_cbor(answer: Response, operation: OperationModel) -> Response:
    """Return the answer with its body in CBOR; the id of the request and the like stay in the headers."""
    if answer.status_code >= 400:
        body = _error(*_code_and_message(answer))
    elif shape := operation.output_shape:
        body = _encoded(_members(answer, shape), operation.service_model, shape.name)
    else:
        body = b""
    response = Response(body, answer.status_code, answer.headers)
    response.headers.update(HEADERS | {"Content-Length": str(len(body))})
    if not body:
        # smithy-rpc-v2: an operation that has no output names no type of it
        del response.headers["Content-Type"]
    return response


def refusal(refused: RefusedError) -> Response:
    """Return the answer to a request that did not reach its service."""
    return Response(_error(refused.code, refused.message), refused.status, HEADERS)


def _members(answer: Response, shape: Shape) -> dict[str, Any]:
    response = {"body": answer.get_data(), "headers": {}, "status_code": answer.status_code}
    members: dict[str, Any] = JSONParser().parse(response, shape)
    del members["ResponseMetadata"]
    return members


def _code_and_message(answer: Response) -> tuple[str, str]:
    text = answer.get_data(as_text=True)
    try:
        body = json.loads(text)
        return body["__type"], body.get("message") or body.get("Message") or ""
    except (ValueError, TypeError, KeyError, AttributeError):
        return answer.headers.get("x-amzn-ErrorType", "InternalFailure"), text


def _error(code: str, message: str) -> bytes:
    return _encoded({"__type": code, "message": message}, _ERRORS, "Error")


def _encoded(members: dict[str, Any], model: ServiceModel, shape: str) -> bytes:
    # botocore writes requests: an operation with the answer's shape as its input makes one of it
    turned = OperationModel({"name": "Answer", "input": {"shape": shape}}, model)
    return RpcV2CBORSerializer().serialize_to_request(members, turned)["body"]
