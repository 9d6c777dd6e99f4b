"""What a metric consists of, and its statistics. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d{1,10})?|100)")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """What a metric is known by: another set of dimensions is another metric."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, namespace: str, name: str, dimensions: Iterable[Mapping[str, str]]) -> Metric:
        """Return the metric that the API means by these members."""
        pairs = frozenset((one["Name"], one.get("Value", "")) for one in dimensions)
        return cls(namespace=namespace, name=name, dimensions=pairs)


@dataclass(frozen=True, kw_only=True)
class Datum:
    """One or more values reported together at `time` (epoch seconds)."""

    time: float
    minimum: float
    maximum: float
    total: float
    count: float = 1.0
    unit: str | None = None

    @classmethod
    def of(cls, time: float, value: float, *, count: float = 1.0, unit: str | None = None) -> Datum:
        """Return `count` times the same value."""
        return cls(time=time, minimum=value, maximum=value, total=value * count, count=count, unit=unit)


def is_statistic(word: str) -> bool:
    """Whether `word` names a statistic: one of the five, or a percentile such as `p99.9`."""
    return word in _SIMPLE or bool(PERCENTILE.fullmatch(word))


def statistic(word: str, data: Sequence[Datum]) -> float | None:
    """Return the statistic of a period's data.

    None where there are none, or where a percentile is asked of values that only their sum and extremes are known of.
    """
    if not data:
        return None
    if word in _SIMPLE:
        return _SIMPLE[word](data)
    return _percentile(float(word[1:]), data)


def _percentile(rank: float, data: Sequence[Datum]) -> float | None:
    if any(datum.minimum != datum.maximum for datum in data):
        return None
    wanted, seen = ceil(_count(data) * rank / 100), 0.0
    for datum in sorted(data, key=lambda datum: datum.minimum):
        seen += datum.count
        if seen >= wanted:
            return datum.minimum
    return None


def _count(data: Sequence[Datum]) -> float:
    return sum(datum.count for datum in data)


def _total(data: Sequence[Datum]) -> float:
    return sum(datum.total for datum in data)


_SIMPLE = {
    "SampleCount": _count,
    "Sum": _total,
    "Average": lambda data: _total(data) / _count(data) if _count(data) else None,
    "Minimum": lambda data: min(datum.minimum for datum in data),
    "Maximum": lambda data: max(datum.maximum for datum in data),
}
