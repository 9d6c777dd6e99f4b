"""How long visitors waited for their answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from . import waits
from .model import CONFIG
from .waits import Milliseconds, Waits

MEDIAN = 0.5
NINETY_NINTH = 0.99


@dataclass(frozen=True, config=CONFIG)
class Latency:
    """How long visitors waited who got an answer, counted from the moment each request was due."""

    # Described in Annotated: pydantic does not hand down what stands below an attribute.
    p50: Annotated[Milliseconds, Field(description="Median, in milliseconds.")]
    p99: Annotated[Milliseconds, Field(description="99th percentile, in milliseconds.")]
    max: Annotated[Milliseconds, Field(description="The slowest answer, in milliseconds.")]


@dataclass(frozen=True, config=CONFIG)
class Phase(Latency):
    """Latency of one drill before, during or after its release, and the waits that it is told from."""

    waits: Waits
    """Every visitor's wait, rounded: quantiles of many drills are told from these, never from quantiles of each."""

    @model_validator(mode="after")
    def _is_told_from_its_waits(self) -> Self:
        told = tuple(map(waits.rounded, (self.p50, self.p99, self.max)))
        counted = (self.waits.quantile(MEDIAN), self.waits.quantile(NINETY_NINTH), self.waits.ms[-1])
        if told != counted:
            raise ValueError(f"p50, p99 and max are {told} to two digits, but by the waits {counted}")
        return self


def phase(every: Iterable[float]) -> Phase | None:
    """Return the latency of waits in milliseconds; None: there was none."""
    ordered = sorted(every)
    if not ordered:
        return None
    median, ninety_ninth = (ordered[int(len(ordered) * part)] for part in (MEDIAN, NINETY_NINTH))
    return Phase(median, ninety_ninth, ordered[-1], waits.count(ordered))


def pooled(phases: Iterable[Phase | None]) -> Latency | None:
    """Return the latency of all visitors together: median and 99th percentile to two digits, the slowest exactly."""
    every = [one for one in phases if one]
    if not every:
        return None
    all_waits, slowest = waits.together(one.waits for one in every), max(one.max for one in every)
    median, ninety_ninth = (min(all_waits.quantile(part), slowest) for part in (MEDIAN, NINETY_NINTH))
    return Latency(median, ninety_ninth, slowest)
