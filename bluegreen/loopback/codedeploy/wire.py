"""From the bytes of a request to the operation and its members: what the service model has not is refused here."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape
from moto.core.utils import get_service_model

from .exceptions import Refusal

MODEL = get_service_model("codedeploy")
TARGET_PREFIX = MODEL.metadata["targetPrefix"]
_JSON = ("application/x-amz-json-1.1", "application/x-amz-json-1.0", "application/json")
_RANGES = {"integer": 1 << 31, "long": 1 << 63}


def operation_of(target: str | None, content_type: str | None) -> OperationModel:
    """Return the operation that X-Amz-Target names.

    Raises:
        Refusal: UnknownOperationException, also where the content is not said to be JSON: that is what tells AWS's
            front end which protocol it hears.
    """
    prefix, _, name = (target or "").partition(".")
    if prefix != TARGET_PREFIX or name not in MODEL.operation_names:
        raise Refusal("UnknownOperation", f"There is no operation {target or 'without X-Amz-Target'}")
    if (content_type or "").partition(";")[0].strip().lower() not in _JSON:
        raise Refusal("UnknownOperation", f"The content type must be {_JSON[0]}, not {content_type}")
    return MODEL.operation_model(name)


def members_of(operation: OperationModel, body: bytes) -> dict[str, Any]:
    """Return the members of the request; timestamps are epoch seconds.

    Raises:
        Refusal: SerializationException, the body is no JSON object or a member has another type than in the model.
    """
    try:
        document = json.loads(body.decode() or "{}")
    except (ValueError, RecursionError) as error:
        raise _unreadable("The request body is not a JSON document") from error
    return typed(document, operation.input_shape)


def typed(value: Any, shape: Shape | None) -> Any:
    """Return the value as the shape has it: without members that it does not know, and without nulls.

    Raises:
        Refusal: SerializationException, the value has another type.
    """
    if shape is None:
        return {}
    if isinstance(shape, StructureShape):
        return _structure(value, shape)
    if isinstance(shape, ListShape):
        return _list(value, shape)
    if isinstance(shape, MapShape):
        return _map(value, shape)
    if not _SCALARS[shape.type_name](value, shape):
        raise _unreadable(f"{type(value).__name__} can not be converted to {shape.type_name} {shape.name}")
    return value


def present(value: Any) -> Any:
    """Leave out what is None: AWS's answers have no member that has no value."""
    if isinstance(value, dict):
        return {key: present(item) for key, item in value.items() if item is not None}
    return [present(item) for item in value] if isinstance(value, list) else value


def _structure(value: Any, shape: StructureShape) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _unreadable(f"A structure was expected for {shape.name}, not {type(value).__name__}")
    given = {name: value[name] for name in shape.members if value.get(name) is not None}
    return {name: typed(item, shape.members[name]) for name, item in given.items()}


def _list(value: Any, shape: ListShape) -> list[Any]:
    if not isinstance(value, list):
        raise _unreadable(f"A list was expected for {shape.name}, not {type(value).__name__}")
    return [typed(item, shape.member) for item in value]


def _map(value: Any, shape: MapShape) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _unreadable(f"A map was expected for {shape.name}, not {type(value).__name__}")
    return {typed(key, shape.key): typed(item, shape.value) for key, item in value.items() if item is not None}


def _is_text(value: Any, _: Shape) -> bool:
    # JSON can name half of a surrogate pair, which is no character and has no UTF-8
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_integer(value: Any, shape: Shape) -> bool:
    limit = _RANGES[shape.type_name]
    return isinstance(value, int) and not isinstance(value, bool) and -limit <= value < limit


def _is_number(value: Any, _: Shape) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


_SCALARS: Mapping[str, Callable[[Any, Shape], bool]] = {
    "string": _is_text,
    "boolean": lambda value, _: isinstance(value, bool),
    "integer": _is_integer,
    "long": _is_integer,
    "double": _is_number,
    "timestamp": _is_number,
}


def _unreadable(message: str) -> Refusal:
    return Refusal("Serialization", message)
