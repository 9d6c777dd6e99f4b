"""What a setting may be: a predicate with the words that an error and the reference use for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """A set of values, in words, as a test, and as far as JSON schema can say it."""

    words: str
    accepts: Callable[[Any], bool]
    schema: Mapping[str, Any] = field(default_factory=dict)


def between(low: int, high: int) -> Allowed:
    schema = {"minimum": low, "maximum": high}
    return Allowed(words=f"{low} to {high}", accepts=lambda value: low <= value <= high, schema=schema)


def one_of(*values: object) -> Allowed:
    words = ", ".join(str(value) for value in values)
    return Allowed(words=words, accepts=lambda value: value in values, schema={"enum": list(values)})


def matching(pattern: str, words: str) -> Allowed:
    compiled = re.compile(pattern)
    schema = {"pattern": f"^(?:{pattern})$"}
    return Allowed(words=words, accepts=lambda value: compiled.fullmatch(value) is not None, schema=schema)


def each(allowed: Allowed, *, at_most: int | None = None) -> Allowed:
    """Every member of a list is one of `allowed`, none is there twice, and there are no more than `at_most`."""

    def accepts(values: tuple[object, ...]) -> bool:
        few = at_most is None or len(values) <= at_most
        return few and len(set(values)) == len(values) and all(allowed.accepts(value) for value in values)

    bound = "" if at_most is None else f" of at most {at_most}"
    schema: dict[str, Any] = {"uniqueItems": True, "items": dict(allowed.schema)}
    if at_most is not None:
        schema["maxItems"] = at_most
    return Allowed(words=f"a list{bound}, each once and one of: {allowed.words}", accepts=accepts, schema=schema)


def pairs(key: Allowed, value: Allowed) -> Allowed:
    """Every key of a table is one of `key`, and its value one of `value`."""

    def accepts(table: Mapping[str, Any]) -> bool:
        return all(key.accepts(k) and value.accepts(v) for k, v in table.items())

    schema = {"propertyNames": dict(key.schema), "additionalProperties": {"type": "string", **value.schema}}
    return Allowed(words=f"a table; keys: {key.words}; values: {value.words}", accepts=accepts, schema=schema)


def described(doc: str, allowed: Allowed | None = None) -> dict[str, Any]:
    """Return what a field's metadata says to the reader and to the reference."""
    return {"doc": doc, "allowed": allowed}


def setting(default: T, doc: str, allowed: Allowed | None = None) -> T:
    """Declare a dataclass field that the reader checks and the reference describes."""
    # dataclasses.field is typed as its default for the same reason: the class body reads `port: int = ...`.
    return field(default=default, metadata=described(doc, allowed))
