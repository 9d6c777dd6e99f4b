"""Visitors per second as areas, one upon the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .bins import Bins

ERRORS = "errors"
LEAST = 2.0
"""Pixels that an answer which nobody should get is drawn with at least, however few they are."""


@dataclass(frozen=True)
class Area:
    """A closed path; `look` names its colour and pattern."""

    look: str
    path: str


def looks(bins: Bins) -> tuple[str, ...]:
    """Return a name of colour and pattern for each version: neighbours of one role differ."""
    found: list[str] = []
    for version, _ in bins.versions:
        base = version.role
        found.append(f"{base}-other" if found and found[-1] == base and base != "bad" else base)
    return tuple(found)


def stack(bins: Bins, x: Callable[[float], float], bottom: float, pixels: float) -> tuple[Area, ...]:
    """Return the areas in the order to draw them, each down to `bottom`; a request per second is `pixels` high.

    The highest comes first and those below cover it, so each needs its upper edge alone.
    """
    layers = [*zip(looks(bins), (rates for _, rates in bins.versions), strict=True), (ERRORS, bins.errors)]
    tops = [0.0] * len(bins.errors)
    areas: list[Area] = []
    for look, rates in layers:
        if not any(rates):
            continue
        least = LEAST if look in ("bad", ERRORS) else 0.0
        tops = [top + (max(least, rate * pixels) if rate else 0.0) for top, rate in zip(tops, rates, strict=True)]
        areas.append(Area(look, steps([x(edge) for edge in bins.edges], [bottom - top for top in tops], bottom)))
    return tuple(reversed(areas))


def steps(edges: Sequence[float], heights: Sequence[float], bottom: float) -> str:
    """Return a closed path of stairs between the edges; steps of one height become one."""
    path = [f"M{_short(edges[0])} {_short(bottom)}"]
    before: str | None = None
    for index, height in enumerate(map(_short, heights)):
        if height != before:
            path.append(f"{f'H{_short(edges[index])}' if before else ''}V{height}")
        before = height
    return "".join([*path, f"H{_short(edges[len(heights)])}V{_short(bottom)}Z"])


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
