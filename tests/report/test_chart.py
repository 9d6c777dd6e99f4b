"""A timeline laid out: bounded for any length, and nothing that matters is too small to see."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.report import areas, axis
from bluegreen.report.bins import put_together
from bluegreen.report.chart import NARROW, WIDE, Size, draw
from bluegreen.report.timeline import Alarm, Event, Timeline, Version, Weight


def timeline(errors: tuple[int, ...], *, bad: tuple[int, ...] = (), step: float = 0.1) -> Timeline:
    versions = [Version("Blue (app:1)", "live", tuple(20 for _ in errors))]
    if bad:
        versions.append(Version("Broken (app:2)", "bad", bad))
    return Timeline(step, tuple(versions), errors, (Weight(0, 100, 0),), (), ())


@given(st.lists(st.integers(0, 50), max_size=500), st.integers(1, 60))
def test_bins_are_few_and_lose_nobody(errors: list[int], most: int) -> None:
    bins = put_together(timeline(tuple(errors)), most)
    assert len(bins.errors) <= most
    lengths = [right - left for left, right in zip(bins.edges[:-1], bins.edges[1:], strict=True)]
    counted = sum(rate * length for rate, length in zip(bins.errors, lengths, strict=True))
    assert counted == pytest.approx(sum(errors))


def test_the_picture_of_an_hour_is_no_larger_than_that_of_a_minute() -> None:
    def drawn(steps: int) -> int:
        uneven = tuple(index * 7 % 13 for index in range(steps))
        return sum(len(area.path) for area in draw(timeline(uneven), WIDE).areas)

    assert drawn(36_000) < 1.5 * drawn(600)


def test_one_dropped_request_among_thousands_can_be_seen() -> None:
    errors = tuple(int(index == 5_000) for index in range(10_000))
    for size in (WIDE, NARROW):
        first, second = draw(timeline(errors), size).areas
        assert first.look == areas.ERRORS
        heights = [float(y) for y in re.findall(r"V([\d.]+)", first.path)]
        assert max(heights[:-1]) - min(heights) >= areas.LEAST
        assert first.path != second.path


def test_a_version_that_answered_nobody_is_not_drawn() -> None:
    found = draw(timeline((0, 0), bad=(0, 0)), WIDE)
    assert [area.look for area in found.areas] == ["live"]


def test_neighbouring_releases_look_different() -> None:
    versions = tuple(Version(f"app:{number}", "new", (1, 1)) for number in range(4))
    looks = areas.looks(put_together(Timeline(1, versions, (0, 0), (), (), ()), 10))
    assert all(one != other for one, other in itertools.pairwise(looks))


def test_nothing_at_all_can_be_drawn() -> None:
    for size in (WIDE, NARROW):
        assert draw(Timeline(1, (), (), (), (), ()), size).areas == ()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_moments_after_the_last_visitor_are_within_the_picture(size: Size) -> None:
    late = Timeline(1, (), (0, 0), (), (Event(5, "Install", "Succeeded"),), (Alarm(9, "errors", "ALARM"),))
    found = draw(late, size)
    assert [x <= found.right for _, x in found.moments] == [True, True]
    assert len(found.labels) == 2


@given(st.floats(0.001, 1e6), st.integers(2, 14))
def test_an_axis_has_few_round_numbers_from_nothing_upwards(highest: float, most: int) -> None:
    ticks = axis.ticks(highest, most)
    assert ticks[0] == 0
    assert len(ticks) <= most
    assert ticks[-1] <= highest * (1 + 1e-6)


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (0.5, "0.5"), (200.0, "200"), (1500.0, "1,500")])
def test_a_number_at_an_axis_is_short(value: float, text: str) -> None:
    assert axis.label(value) == text
