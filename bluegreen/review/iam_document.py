"""IAM policy documents: from JSON to statements, and what one grants that others do not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .iam_statement import EVERYTHING, Scope, Statement

MOST_TOLD = 4


class DocumentError(ValueError):
    """It is no policy document."""


def statements(document: str) -> tuple[Statement, ...]:
    """Return the statements of a policy document in JSON; of an empty text none.

    Raises:
        DocumentError: it cannot be read.
    """
    if not document:
        return ()
    try:
        return tuple(_statement(one) for one in _listed(json.loads(document).get("Statement")))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DocumentError(str(error)) from None


def granted(after: Iterable[Statement], before: Iterable[Statement]) -> list[str]:
    """Return, in words, what `after` allows and `before` does not, and what `before` denies and `after` does not."""
    new, old = tuple(after), tuple(before)
    more = [f"allows {_told(one, old)}" for one in _uncovered(new, old, is_deny=False)]
    return more + [f"no longer denies {one}" for one in _uncovered(old, new, is_deny=True)]


def in_short(grants: list[str]) -> str:
    """Return the first of them in one line, and how many more there are."""
    rest = len(grants) - MOST_TOLD
    return "; ".join(grants[:MOST_TOLD]) + (f"; and {rest} more" if rest > 0 else "")


def _uncovered(new: tuple[Statement, ...], old: tuple[Statement, ...], *, is_deny: bool) -> Iterator[Statement]:
    for statement in new:
        if statement.is_deny == is_deny:
            yield from (one for one in statement.each() if not any(other.covers(one) for other in old))


def _told(one: Statement, old: tuple[Statement, ...]) -> str:
    has_lost = any(other.covers(one, whatever_the_conditions=True) for other in old)
    return f"{one} under wider conditions than before" if has_lost else str(one)


def _statement(document: Mapping[str, Any]) -> Statement:
    effect = document["Effect"]
    if effect not in ("Allow", "Deny"):
        raise DocumentError(f"the effect {effect!r} is neither Allow nor Deny")
    return Statement(
        is_deny=effect == "Deny",
        actions=_scope(document, "Action", str.lower) or EVERYTHING,
        resources=_scope(document, "Resource", str) or EVERYTHING,
        principals=_principals(document) or EVERYTHING,
        conditions=dict(_conditions(document.get("Condition") or {})),
    )


def _scope(document: Mapping[str, Any], key: str, spell: type[str] | Any) -> Scope | None:
    for name, is_negated in ((key, False), (f"Not{key}", True)):
        if name in document:
            return Scope(frozenset(map(spell, _listed(document[name]))), is_negated)
    return None


def _principals(document: Mapping[str, Any]) -> Scope | None:
    for name, is_negated in (("Principal", False), ("NotPrincipal", True)):
        if name in document:
            return Scope(frozenset(_principal_names(document[name])), is_negated)
    return None


def _principal_names(principal: Any) -> Iterator[str]:
    if isinstance(principal, str):
        yield principal
        return
    for kind, names in principal.items():
        for name in _listed(names):
            yield "*" if (kind, name) == ("AWS", "*") else f"{kind}:{_whole_account(name)}"


def _whole_account(name: str) -> str:
    """An account, by its number or as root, stands for everyone in it."""
    found = re.fullmatch(r"(\d{12})|(arn:[\w-]+:iam::\d{12}:)root", name)
    if found is None:
        return name
    return f"{found[2] or f'arn:aws:iam::{found[1]}:'}*"


def _conditions(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    for operator, keys in document.items():
        for key, values in keys.items():
            yield (operator, key.lower()), frozenset(str(value) for value in _listed(values))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
