"""The Condition of a statement: operators on the keys that a call brings with it.

A key that the call does not bring makes a condition false, and a negated one true; `…IfExists` makes it true, and so
does `ForAllValues:` (IAM user guide, "Condition operators"). An operator that is not here makes a condition false.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from .wildcard import arn_matches, matches

Context = Mapping[str, tuple[str, ...]]
Compare = Callable[[str, str], bool]

IF_EXISTS, ANY, ALL = "IfExists", "ForAnyValue:", "ForAllValues:"


def holds(conditions: Mapping[str, Mapping[str, tuple[str, ...]]], context: Context) -> bool:
    """Whether every operator holds for every key."""
    known = {key.lower(): values for key, values in context.items()}
    return all(
        _holds(operator, wanted, known.get(key.lower()))
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def _holds(operator: str, wanted: tuple[str, ...], found: tuple[str, ...] | None) -> bool:
    name = operator.removeprefix(ANY).removeprefix(ALL).removesuffix(IF_EXISTS)
    if name == "Null":
        return (found is None) == (wanted == ("true",))
    compare, negated = _OPERATORS.get(name, (_never, False))
    if found is None:
        return operator.endswith(IF_EXISTS) or operator.startswith(ALL) or (negated and not operator.startswith(ANY))
    hits = [_any(compare, wanted, value) != negated for value in found]
    return any(hits) if operator.startswith(ANY) else all(hits)


def _any(compare: Compare, wanted: tuple[str, ...], found: str) -> bool:
    try:
        return any(compare(one, found) for one in wanted)
    except ValueError:  # a word where a number, a date or an address belongs
        return False


def _never(wanted: str, found: str) -> bool:  # noqa: ARG001 - a Compare
    return False


def _same_word(wanted: str, found: str) -> bool:
    return wanted.lower() == found.lower()


def _number(compare: Callable[[float, float], bool]) -> Compare:
    return lambda wanted, found: compare(float(found), float(wanted))


def _date(compare: Callable[[datetime, datetime], bool]) -> Compare:
    return lambda wanted, found: compare(_when(found), _when(wanted))


def _when(text: str) -> datetime:
    if text.isdigit():
        return datetime.fromtimestamp(int(text), UTC)
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _within(wanted: str, found: str) -> bool:
    return ipaddress.ip_address(found) in ipaddress.ip_network(wanted, strict=False)


# what it compares with, and whether it is the opposite
_OPERATORS: Mapping[str, tuple[Compare, bool]] = {
    "StringEquals": (str.__eq__, False),
    "StringNotEquals": (str.__eq__, True),
    "StringEqualsIgnoreCase": (_same_word, False),
    "StringNotEqualsIgnoreCase": (_same_word, True),
    "StringLike": (matches, False),
    "StringNotLike": (matches, True),
    "ArnEquals": (arn_matches, False),
    "ArnNotEquals": (arn_matches, True),
    "ArnLike": (arn_matches, False),
    "ArnNotLike": (arn_matches, True),
    "Bool": (_same_word, False),
    "IpAddress": (_within, False),
    "NotIpAddress": (_within, True),
    "NumericEquals": (_number(float.__eq__), False),
    "NumericNotEquals": (_number(float.__eq__), True),
    "NumericLessThan": (_number(float.__lt__), False),
    "NumericLessThanEquals": (_number(float.__le__), False),
    "NumericGreaterThan": (_number(float.__gt__), False),
    "NumericGreaterThanEquals": (_number(float.__ge__), False),
    "DateEquals": (_date(datetime.__eq__), False),
    "DateNotEquals": (_date(datetime.__eq__), True),
    "DateLessThan": (_date(datetime.__lt__), False),
    "DateLessThanEquals": (_date(datetime.__le__), False),
    "DateGreaterThan": (_date(datetime.__gt__), False),
    "DateGreaterThanEquals": (_date(datetime.__ge__), False),
}
