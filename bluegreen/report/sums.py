"""The table of totals: the guarantee in figures, for page and Markdown alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import words
from .comparison import comparison
from .evidence import Evidence
from .times import Times
from .totals import Totals


@dataclass(frozen=True)
class Sum:
    """A column: which drills, in which set-up, and what they add up to."""

    head: str
    totals: Totals


@dataclass(frozen=True)
class Row:
    """A figure: what a cell says, when it should not be so, and a `note` below it (or nothing)."""

    name: str
    text: Callable[[Totals], str]
    bad: Callable[[Totals], bool] = lambda _: False
    note: Callable[[Totals], str] = lambda _: ""


def _is_too_much(totals: Totals) -> bool:
    """Whether bad answers are more than was risked: else every promise was kept."""
    return totals.bad > 0 and totals.kept < totals.drills


def _time(name: str, of: Callable[[Totals], Times | None]) -> Row:
    def drill(totals: Totals) -> str:
        found = of(totals)
        return found.drill if found else ""

    return Row(f"{name}: median / longest", lambda one: words.times(of(one)), note=drill)


def _part(number: int, requests: int) -> str:
    share = words.percent(number / requests).replace(" %", "\N{NO-BREAK SPACE}%") if number else ""
    return words.count(number) + (f" ({share})" if share else "")


QUANTILES = "p50 / p99 / max, ms"

ROWS = (
    Row("drills with every promise kept", lambda one: f"{one.kept} of {one.drills}", lambda one: one.kept < one.drills),
    Row("requests", lambda one: words.count(one.requests)),
    Row("dropped", lambda one: _part(one.dropped, one.requests), lambda one: one.dropped > one.risked),
    Row(
        "answered by an unverified version",
        lambda one: _part(one.unverified, one.requests),
        lambda one: one.unverified > 0,
    ),
    Row("answered badly by a bad version", lambda one: _part(one.bad, one.requests), _is_too_much),
    Row("longest gap", lambda one: words.seconds(one.longest_gap)),
    Row(f"latency before: {QUANTILES}", lambda one: words.milliseconds(one.before)),
    Row(f"latency during: {QUANTILES}", lambda one: words.milliseconds(one.during)),
    Row(f"latency after: {QUANTILES}", lambda one: words.milliseconds(one.after)),
    _time("time to a verdict", lambda one: one.seconds_to_verdict),
    _time("time to shift", lambda one: one.seconds_to_shift),
    _time("time to roll back", lambda one: one.seconds_to_roll_back),
)


def sums(evidence: Evidence) -> tuple[Sum, ...]:
    """Return the columns: all drills that the headline speaks of, then those that both set-ups played, side by side."""
    first = evidence.totals[0]
    every = Sum(f"{words.plural(first.drills, 'drill')}, {first.variant}", first)
    both = comparison(evidence)
    if both is None:
        return (every,)
    number = words.count(len(both.pairs))
    article = Sum(f"the same {number}, article", both.article)
    if both.ours == first:
        return (every, article)
    return (every, Sum(f"{number} of them, bluegreen", both.ours), article)
