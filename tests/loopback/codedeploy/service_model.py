"""Every response is checked against botocore's service model: who answers otherwise breaks some SDK."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import botocore.session
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from botocore.parsers import RpcV2CBORParser

MODEL = botocore.session.get_session().get_service_model("codedeploy")
# What AWS's front end says of any operation, whatever its model lists.
COMMON_ERRORS = frozenset(
    f"{name}Exception" for name in ("Serialization", "UnknownOperation", "Validation", "RequestEntityTooLarge")
)
# The one that the loopback has instead of a feature: the model has it for GitHub connections.
UNSUPPORTED = "OperationNotSupportedException"
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "boolean": bool,
    "integer": int,
    "long": int,
    "double": float,
    "timestamp": (int, float),
}


def check_response(operation: str, answer: Any) -> None:
    """Fail where the answer has a member too many, too few, of another type, or a value that its enum has not."""
    shape = MODEL.operation_model(operation).output_shape
    found = list(violations(answer, shape, operation)) if shape else [f"{operation} has no answer"] * bool(answer)
    assert not found, found


def check_error(operation: str, code: str) -> None:
    """Fail where the operation does not have that error."""
    modelled = {shape.name for shape in MODEL.operation_model(operation).error_shapes}
    assert code in modelled | COMMON_ERRORS | {UNSUPPORTED}, f"{operation} has no {code}"


def watch(client: Any) -> None:
    """Check every response that this client gets, as it comes from the socket."""
    client.meta.events.register("before-parse.codedeploy.*", _check_body)


def violations(value: Any, shape: Shape, where: str) -> Iterator[str]:
    """Yield in words what the shape does not allow."""
    if isinstance(shape, StructureShape):
        yield from _of_structure(value, shape, where)
    elif isinstance(shape, ListShape):
        yield from _of_items(value, shape, where)
    elif isinstance(shape, MapShape):
        for key, item in value.items():
            yield from violations(item, shape.value, f"{where}.{key}")
    elif isinstance(shape, StringShape):
        yield from _of_string(value, shape, where)
    elif not isinstance(value, _TYPES[shape.type_name]) or (isinstance(value, bool) and shape.type_name != "boolean"):
        yield f"{where} is {value!r}, no {shape.type_name}"


def _check_body(operation_model: Any, response_dict: Mapping[str, Any], **_: object) -> None:
    body = _document(response_dict)
    if response_dict["status_code"] == 200:
        check_response(operation_model.name, body)
    else:
        assert response_dict["status_code"] == 400, response_dict
        check_error(operation_model.name, body["__type"])


def _document(response_dict: Mapping[str, Any]) -> Any:
    """Return what the body says, in either protocol: in CBOR too timestamps become epoch seconds."""
    if not response_dict["headers"].get("smithy-protocol"):
        return json.loads(response_dict["body"] or b"{}")
    parser = RpcV2CBORParser()
    stream = parser.get_peekable_stream_from_bytes(response_dict["body"] or b"\xa0")
    return _in_seconds(parser.parse_data_item(stream))


def _in_seconds(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_seconds(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_seconds(item) for item in value]
    return value.timestamp() if isinstance(value, datetime) else value


def _of_structure(value: Any, shape: StructureShape, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is {value!r}, no structure"
        return
    yield from (f"{where} has {name}, which is unknown" for name in value.keys() - shape.members.keys())
    yield from (f"{where} lacks {name}" for name in shape.required_members if name not in value)
    for name in value.keys() & shape.members.keys():
        yield from violations(value[name], shape.members[name], f"{where}.{name}")


def _of_items(value: Any, shape: ListShape, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where} is {value!r}, no list"
        return
    for number, item in enumerate(value):
        yield from violations(item, shape.member, f"{where}[{number}]")


def _of_string(value: Any, shape: StringShape, where: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{where} is {value!r}, no string"
    elif shape.enum and value not in shape.enum:
        yield f"{where} is {value!r}, which is none of {shape.enum}"
    elif not shape.metadata.get("min", 0) <= len(value) <= shape.metadata.get("max", len(value)):
        yield f"{where} has {len(value)} characters"
