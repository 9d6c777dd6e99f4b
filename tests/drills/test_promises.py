"""What every drill promises to its visitors, and what breaks it."""

from __future__ import annotations

from dataclasses import replace

from bluegreen.drills import catalog, measure
from bluegreen.drills.measure import Played
from bluegreen.drills.promises import of_visitors
from bluegreen.report.figures import Exposure

from .made import good, played, release

DRILL = catalog.load("answers-500")


def broken(drill: Played, of=DRILL) -> list[str]:
    counted = measure.count(drill)
    return [one.text for one in of_visitors(of, drill, counted, measure.figures(drill, counted)) if not one.kept]


def test_a_clean_drill_keeps_all():
    assert broken(played(good(1.0), good(2.0))) == []


def test_a_dropped_request_breaks_one():
    assert broken(played(good(1.0), (2.0, None, 0, ""))) == ["no request was dropped"]


def test_requests_may_be_lost_only_where_and_as_long_as_the_drill_says():
    lost = played(good(1.0), (2.0, None, 0, ""), (2.4, None, 0, ""))
    assert broken(replace(lost, losable=Exposure(1.0, 0.5))) == []
    assert len(broken(replace(lost, losable=Exposure(1.0, 0.3)))) == 1


def test_no_more_may_be_lost_than_an_alarm_needs_to_take_a_release_back():
    lost = [(12.0 + number, None, 0, "") for number in range(4)]
    drill, of = played(*lost, losable=Exposure(1.0, 2.0)), replace(DRILL, lost_risk="CodeDeployDefault.ECSAllAtOnce")
    assert broken(drill, of) == ["no more requests were lost than the configuration risks: 100% for 2.0 s"]
    assert broken(replace(drill, losable=Exposure(1.0, 3.0)), of) == []


def test_an_unverified_answer_breaks_one():
    drill = played(good(10.5, "app:2", "Blue"), deployed=(release(verified=None, status="Failed"),))
    assert broken(drill) == ["nobody was answered by a version that had not passed, or had failed"]


def test_one_bad_answer_breaks_one_where_nothing_is_risked():
    drill = played(good(1.0), (12.0, "app:3", 500, ""), deployed=(release("app:3"),))
    assert broken(drill) == ["nobody met a bad answer"]


def test_bad_answers_for_longer_than_is_risked_break_one():
    bad = [(12.0 + number, "app:3", 500, "") for number in range(4)]
    drill = played(*bad, deployed=(release("app:3"),), allowed=Exposure(1.0, 2.0))
    assert [text for text in broken(drill) if text.startswith("no more met a bad answer than")]
    assert broken(replace(drill, allowed=Exposure(1.0, 3.0))) == []


def test_an_error_of_a_good_version_breaks_one():
    assert broken(played((1.0, "app:1", 500, ""))) == ["every good version answered as it should"]


def test_visitors_who_were_not_there_prove_nothing():
    assert broken(played(good(1.0), due=2.0)) == ["visitors were there throughout"]
