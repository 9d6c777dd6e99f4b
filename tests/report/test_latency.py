"""Quantiles of many drills are those of all their visitors together: no mean of quantiles."""

from __future__ import annotations

import itertools
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.report.latency import Latency, phase, pooled
from bluegreen.report.waits import Waits, rounded

WAITS = st.lists(st.floats(0, 1e6), min_size=1, max_size=200)


@given(st.lists(WAITS, min_size=1, max_size=5))
def test_in_total_they_are_those_of_the_pooled_waits_to_two_digits(drills: list[list[float]]) -> None:
    every = sorted(itertools.chain.from_iterable(drills))
    p50, p99 = (every[int(len(every) * part)] for part in (0.5, 0.99))
    found = pooled(phase(waits) for waits in drills)
    assert found
    assert found == Latency(min(rounded(p50), every[-1]), min(rounded(p99), every[-1]), every[-1])
    assert (found.p50, found.p99) == pytest.approx((p50, p99), rel=0.051)


def test_a_mean_of_quantiles_would_be_another() -> None:
    quiet, busy = phase([2.0] * 100), phase([9.0] * 10_000)
    assert quiet
    assert busy
    assert pooled([quiet, busy]) == Latency(9.0, 9.0, 9.0)
    assert statistics.mean((quiet.p50, busy.p50)) == 5.5


def test_of_one_drill_they_are_exact() -> None:
    found = phase([*[2.84] * 98, 8.123, 12.34])
    assert found
    assert (found.p50, found.p99, found.max) == (2.84, 12.34, 12.34)
    assert found.waits == Waits((2.8, 8.1, 12.0), (98, 1, 1))


def test_none_is_above_the_slowest() -> None:
    assert pooled([phase([1260.0])]) == Latency(1260.0, 1260.0, 1260.0)


def test_where_nobody_came_there_is_none() -> None:
    assert phase([]) is None
    assert pooled([]) is None
    assert pooled([None, None]) is None
    assert pooled([None, phase([2.0])]) == Latency(2.0, 2.0, 2.0)


def test_what_is_kept_does_not_grow_with_the_visitors() -> None:
    found = phase(1 + 990 * number / 50_000 for number in range(50_000))
    assert found
    assert len(found.waits.ms) <= 3 * 90
    assert sum(found.waits.visitors) == 50_000
