"""The time by AWS's answers, whatever this machine's clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bluegreen.release.aws_clock import AwsClock

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def answer(seconds: float) -> dict[str, Any]:
    when = AT + timedelta(seconds=seconds)
    return {"ResponseMetadata": {"HTTPHeaders": {"date": f"{when:%a, %d %b %Y %H:%M:%S} GMT"}}}


class Ticks:
    now = 500.0

    def __call__(self) -> float:
        return self.now


def test_it_goes_on_from_the_last_answer() -> None:
    ticks = Ticks()
    clock = AwsClock(ticks)
    clock.heed(answer(0))
    ticks.now += 7.25
    assert clock.now() == AT + timedelta(seconds=7.25)


def test_it_never_jumps_back_for_a_header_without_fractions() -> None:
    ticks = Ticks()
    clock = AwsClock(ticks)
    clock.heed(answer(0))
    ticks.now += 3.9
    clock.heed(answer(3))
    assert clock.now() == AT + timedelta(seconds=3.9)


def test_it_follows_a_clock_that_was_set() -> None:
    ticks = Ticks()
    clock = AwsClock(ticks)
    clock.heed(answer(0))
    clock.heed(answer(3600))
    assert clock.now() == AT + timedelta(hours=1)


def test_an_answer_without_a_date_changes_nothing() -> None:
    clock = AwsClock()
    for nothing in ({}, {"ResponseMetadata": {}}, {"ResponseMetadata": {"HTTPHeaders": {"date": "yesterday"}}}):
        clock.heed(nothing)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
