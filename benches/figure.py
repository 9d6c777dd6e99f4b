"""A measured figure and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table


def readable_seconds(seconds: float) -> str:
    """Return the time in the unit that suits it."""
    if seconds < 0.0001:
        return f"{seconds * 1e6:,.1f} µs"
    if seconds < 0.001:
        return f"{seconds * 1e6:,.0f} µs"
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def megabytes(number: float) -> str:
    """Return bytes in the unit of the promises."""
    return f"{number / 1e6:.2f} MB"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Values of several rounds, of what is measured and of its reference: seconds, unless `show` says otherwise."""

    what: str
    values: Sequence[float]
    reference: str = ""
    reference_values: Sequence[float] = ()
    """Empty where nothing is like it; a promise of a ratio needs them."""
    limit: float | None = None
    """What the median is promised to stay below."""
    least_ratio: float | None = None
    """What the ratio is promised to reach, where more is better."""
    most_ratio: float | None = None
    """What the ratio is promised not to pass, where less is better."""
    show: Callable[[float], str] = readable_seconds

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def ratio(self) -> float:
        """Of each round and the reference's own in the same turn, the median: what slowed one turn slowed both."""
        if len(self.values) == len(self.reference_values):
            return statistics.median(own / other for own, other in zip(self.values, self.reference_values, strict=True))
        return self.median / statistics.median(self.reference_values)

    @property
    def kept(self) -> bool:
        """Whether each promise holds; a figure without one keeps it."""
        return all(kept for kept, _promise in self.promises())

    def promises(self) -> Iterator[tuple[bool, str]]:
        """Yield each promise in words, and whether it is kept."""
        if self.limit is not None:
            yield self.median < self.limit, f"< {self.show(self.limit)}"
        if self.least_ratio is not None:
            yield self.ratio >= self.least_ratio, f"ratio ≥ {self.least_ratio:.2f}"
        if self.most_ratio is not None:
            yield self.ratio <= self.most_ratio, f"ratio ≤ {self.most_ratio:.2f}"


HEADINGS = ("figure", "rounds", "median", "from … to", "reference in the same run", "median", "ratio", "limit")


def table(figures: Sequence[Figure]) -> Table:
    """Return one row per figure: medians, the spread of the rounds, the ratio, and the limit."""
    shown = Table()
    for heading in HEADINGS:
        shown.add_column(heading, overflow="fold")
    for one in figures:
        shown.add_row(*row(one))
    return shown


def markdown(figures: Sequence[Figure]) -> str:
    """Return the same table as docs/performance.md has it."""
    rows = [HEADINGS, ["---"] * len(HEADINGS), *map(row, figures)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def row(one: Figure) -> list[str]:
    """Return the cells of a figure's row."""
    limit = ", ".join(promise if kept else f"NOT {promise}" for kept, promise in one.promises())
    spread = f"{one.show(min(one.values))} … {one.show(max(one.values))}"
    measured = [one.what, str(len(one.values)), one.show(one.median), spread if len(one.values) > 1 else ""]
    if not one.reference:
        return [*measured, "", "", "", limit]
    reference = one.show(statistics.median(one.reference_values))
    return [*measured, one.reference, reference, f"{one.ratio:.2f}", limit]
