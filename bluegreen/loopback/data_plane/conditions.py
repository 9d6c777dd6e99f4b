"""Conditions of listener rules as Caddy's matchers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .views import Condition


class UnsupportedError(ValueError):
    """A part of a listener that the proxy cannot serve."""


def matchers(conditions: Iterable[Condition]) -> dict[str, Any]:
    """Return one matcher set in which every condition must hold.

    Raises:
        UnsupportedError: a kind that is not known, or twice the same kind (only headers may repeat).
    """
    result: dict[str, Any] = {}
    for condition in conditions:
        name, matcher = _matcher(condition)
        if name == "header_regexp":
            clash = matcher.keys() & result.setdefault(name, {}).keys()
            result[name].update(matcher)
        else:
            clash = name in result
            result[name] = matcher
        if clash:
            raise UnsupportedError(f"two {condition.kind} conditions on the same thing in one rule")
    return result


def _matcher(condition: Condition) -> tuple[str, Any]:
    any_of = "|".join(_pattern(value) for value in condition.values)
    match condition.kind:
        case "path-pattern":
            return "path_regexp", {"pattern": f"^(?:{any_of})$"}
        case "host-header":
            return "header_regexp", {"Host": {"pattern": f"(?i)^(?:{any_of})(?::[0-9]+)?$"}}
        case "http-header":
            return "header_regexp", {condition.name: {"pattern": f"(?i)^(?:{any_of})$"}}
        case "http-request-method":
            return "method", list(condition.values)
        case "source-ip":
            return "remote_ip", {"ranges": list(condition.values)}
        case "query-string":
            query = {"pattern": f"(?i)(?:^|&)(?:{any_of})(?:&|$)"}
            return "vars_regexp", {"{http.request.uri.query}": query}
    raise UnsupportedError(f"no condition {condition.kind}")


def _pattern(wildcard: str) -> str:
    """`*` stands for any characters and `?` for exactly one, in every kind of condition."""
    return re.escape(wildcard).replace(r"\*", ".*").replace(r"\?", ".")
