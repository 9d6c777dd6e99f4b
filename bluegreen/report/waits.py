"""How many visitors waited how long: what quantiles of many drills together are told from."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Iterable
from decimal import Context
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from .model import CONFIG

Milliseconds = Annotated[float, Field(ge=0)]
Visitors = Annotated[int, Field(gt=0, strict=True)]

_TWO_DIGITS = Context(prec=2)


@dataclass(frozen=True, config=CONFIG)
class Waits:
    """How many visitors waited how long, to two significant digits: at most ninety lengths between 1 ms and 10 ms.

    Rounding keeps the order. So a quantile of it, or of several put together, is that of the waits themselves, rounded.
    """

    ms: Annotated[tuple[Milliseconds, ...], Field(min_length=1)]
    """Milliseconds, the shortest wait first."""
    visitors: tuple[Visitors, ...]
    """How many waited so long, a number for each of `ms`."""

    def quantile(self, part: float) -> float:
        """Return how many milliseconds those waited who have that part of all before them, from 0 up to but not 1."""
        waited = list(itertools.accumulate(self.visitors))
        return self.ms[bisect.bisect_right(waited, int(waited[-1] * part))]

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if len(self.ms) != len(self.visitors):
            raise ValueError(f"{len(self.ms)} waits, but {len(self.visitors)} numbers of visitors: give one for each")
        if any(later <= earlier for earlier, later in itertools.pairwise(self.ms)):
            raise ValueError("the waits are not in order, or one is there twice: give each once, the shortest first")
        return self


def rounded(wait: float) -> float:
    """Return a number to two significant digits: 2.84 as 2.8, 1234 as 1200."""
    return float(_TWO_DIGITS.create_decimal(repr(wait)))


def count(waits: Iterable[float]) -> Waits:
    """Count waits in milliseconds, of which there is at least one."""
    return _sorted(Counter(map(rounded, waits)))


def together(every: Iterable[Waits]) -> Waits:
    """Return the waits of all, of which there is at least one."""
    counted: Counter[float] = Counter()
    for one in every:
        counted.update(dict(zip(one.ms, one.visitors, strict=True)))
    return _sorted(counted)


def _sorted(counted: Counter[float]) -> Waits:
    lengths = sorted(counted)
    return Waits(tuple(lengths), tuple(counted[length] for length in lengths))
