"""What a setting may be: a predicate with the words that an error and the reference use for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """A set of values, in words and as a test."""

    words: str
    accepts: Callable[[Any], bool]


def between(low: int, high: int) -> Allowed:
    return Allowed(words=f"{low} to {high}", accepts=lambda value: low <= value <= high)


def one_of(*values: object) -> Allowed:
    return Allowed(words=", ".join(str(value) for value in values), accepts=lambda value: value in values)


def matching(pattern: str, words: str) -> Allowed:
    compiled = re.compile(pattern)
    return Allowed(words=words, accepts=lambda value: compiled.fullmatch(value) is not None)


def each(allowed: Allowed) -> Allowed:
    """Every member of a list is one of `allowed`, and none is there twice."""

    def accepts(values: tuple[object, ...]) -> bool:
        return len(set(values)) == len(values) and all(allowed.accepts(value) for value in values)

    return Allowed(words=f"a list, each once and one of: {allowed.words}", accepts=accepts)


def setting(default: T, doc: str, allowed: Allowed | None = None) -> T:
    """Declare a dataclass field that the reader checks and the reference describes."""
    # dataclasses.field is typed as its default for the same reason: the class body reads `port: int = ...`.
    return field(default=default, metadata={"doc": doc, "allowed": allowed})
