"""Figures as a reader sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bluegreen.report import words
from bluegreen.report.figures import NONE, Exposure
from bluegreen.report.latency import Latency
from bluegreen.report.times import Times
from tests.report.sample import evidence


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (0.0, "0 ms"),
        (0.023, "23 ms"),
        (0.0996, "0.1 s"),
        (4.49, "4.5 s"),
        (9.96, "10 s"),
        (75.2, "75 s"),
        (725, "12 min 5 s"),
        (None, words.NOTHING),
    ],
)
def test_a_span_has_the_unit_that_suits_it(span: float | None, text: str) -> None:
    assert words.seconds(span) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.0004, "< 0.1 %"), (0.0973, "9.7 %"), (0.1, "10 %"), (0.9999, "< 100 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float, text: str) -> None:
    assert words.percent(share) == text


def test_an_exposure_says_which_share_for_how_long() -> None:
    assert words.exposure(Exposure(0.1, 12)) == "10 % for 12 s"
    assert words.exposure(NONE) == "none"


def test_a_latency_is_median_99th_percentile_and_slowest() -> None:
    assert words.milliseconds(Latency(2.84, 8.1, 1234)) == "2.8 / 8.1 / 1,234"
    assert words.milliseconds(None) == words.NOTHING


def test_times_are_median_and_longest() -> None:
    assert words.times(Times(0.9, 24.2, "hook-hangs")) == "0.9 s / 24 s"
    assert words.times(None) == words.NOTHING


def test_the_scale_says_what_a_second_is_worth_on_aws() -> None:
    run = evidence().run
    assert "a minute of AWS takes 2.0 s here" in words.scale(run)
    assert "30 times" in words.scale(run)
    assert words.scale(replace(run, minute=60)) == "in AWS's own time"


@pytest.mark.parametrize(
    ("dropped", "risked", "text"),
    [
        (0, 0, "0 dropped"),
        (3, 0, "3 dropped"),
        (1587, 1587, "1,587 dropped as the configuration risks"),
        (9, 6, "9 dropped of which the configuration risks 6"),
    ],
)
def test_what_was_dropped_is_told_with_what_was_risked(dropped: int, risked: int, text: str) -> None:
    assert words.dropped(dropped, risked) == text
