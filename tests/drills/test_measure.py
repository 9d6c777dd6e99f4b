"""What visits of a drill add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bluegreen.drills.deployed import LifecycleEvent
from bluegreen.drills.measure import count, figures
from bluegreen.drills.observer import AlarmSeen
from bluegreen.report.figures import NONE, Exposure

from .made import good, played, release


def test_a_clean_drill_has_nothing_to_tell():
    drill = played(good(1.0), good(12.0), good(12.5, "app:2", "Blue"), deployed=(release(),))
    counted = count(drill)
    found = figures(drill, counted)
    assert (found.requests, found.dropped, found.unverified, found.seen) == (3, 0, 0, NONE)
    assert counted.wrong == []
    assert (found.seconds_to_verdict, found.seconds_to_shift, found.seconds_to_roll_back) == (1.0, 2.0, None)


def test_no_answer_and_the_load_balancers_error_are_dropped():
    drill = played((1.0, None, 0, ""), good(2.0))
    assert figures(drill, count(drill)).dropped == 1


def test_an_answer_by_a_version_without_a_verdict_is_unverified_however_good_it_is():
    drill = played(good(10.5, "app:2", "Blue"), deployed=(release(verified=None, status="Failed"),))
    assert figures(drill, count(drill)).unverified == 1


def test_a_bad_version_is_met_from_its_first_bad_answer_to_its_last():
    bad = [(15.0 + number / 10, "app:3", 500, "") for number in range(11)]
    others = [good(15.05 + number / 10) for number in range(10)]
    drill = played(good(14.0, "app:3", "Bad"), *bad, *others, deployed=(release("app:3", ended=16.0),))
    seen = figures(drill, count(drill)).seen
    assert (seen.share, seen.seconds) == pytest.approx((11 / 21, 1.0))


def test_an_error_of_a_good_version_is_wrong_and_no_exposure():
    drill = played((1.0, "app:1", 500, ""))
    counted = count(drill)
    assert (len(counted.wrong), figures(drill, counted).seen) == (1, NONE)


def test_latency_is_told_before_during_and_after():
    drill = played(good(1.0), good(12.0), good(12.1))
    found = figures(drill, count(drill))
    assert found.before
    assert found.during
    assert (found.before.p50, found.before.p99, found.before.max) == pytest.approx((10.0, 10.0, 10.0), rel=0.01)
    assert (found.before.waits.visitors, found.during.waits.visitors) == ((1,), (2,))
    assert found.after is None


def test_the_longest_gap_is_between_answers():
    drill = played(good(1.0), good(1.5), (2.0, None, 0, ""), good(4.0))
    assert figures(drill, count(drill)).longest_gap == pytest.approx(2.5)


def test_the_way_back_is_counted_from_what_was_wrong_to_the_last_answer_by_what_failed():
    stopped = release("app:3", "Stopped", ended=17.0, events=(LifecycleEvent(16.5, "AllowTraffic", "Failed"),))
    visits = (good(12.0, "app:3", "Bad"), good(16.69, "app:3", "Bad"), good(18.0))
    drill = played(*visits, deployed=(stopped,), alarms=(AlarmSeen(16.0, "5xx", "ALARM"),))
    assert figures(drill, count(drill)).seconds_to_roll_back == pytest.approx(0.7)


def test_nothing_is_to_take_back_where_the_failed_version_answered_nobody():
    drill = played(good(12.0), deployed=(release("app:3", "Failed", verified=None, shifted=None, rejected=16.0),))
    assert figures(drill, count(drill)).seconds_to_roll_back is None


def test_what_was_dropped_is_risked_as_a_whole_or_not_at_all():
    lost = replace(played(good(1.0), (2.0, None, 0, ""), (2.4, None, 0, "")), losable=Exposure(1.0, 0.5))
    assert figures(lost, count(lost)).risked == 2
    more = replace(lost, losable=Exposure(1.0, 0.3))
    assert figures(more, count(more)).risked == 0
