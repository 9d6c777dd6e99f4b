"""A measured figure and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Seconds of several rounds, of what is measured and of what it is measured against."""

    what: str
    seconds: Sequence[float]
    reference: str
    reference_seconds: Sequence[float]
    limit: float | None = None
    """Seconds that the median is promised to stay below."""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def ratio(self) -> float:
        return self.median / statistics.median(self.reference_seconds)

    @property
    def kept(self) -> bool:
        """Whether the promise holds; a figure without one keeps it."""
        return self.limit is None or self.median < self.limit


def table(figures: Sequence[Figure]) -> Table:
    """Return one row per figure: medians, the spread of the rounds, the ratio, and the limit."""
    shown = Table()
    for heading in ("figure", "rounds", "median", "from … to", "reference in the same run", "median", "ratio", "limit"):
        shown.add_column(heading, overflow="fold")
    for one in figures:
        limit = "" if one.limit is None else f"{'<' if one.kept else 'NOT <'} {_readable(one.limit)}"
        shown.add_row(
            one.what,
            str(len(one.seconds)),
            _readable(one.median),
            f"{_readable(min(one.seconds))} … {_readable(max(one.seconds))}",
            one.reference,
            _readable(statistics.median(one.reference_seconds)),
            f"{one.ratio:.2f}",
            limit,
        )
    return shown


def _readable(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:,.0f} µs"
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"
