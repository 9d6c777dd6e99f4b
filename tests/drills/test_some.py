"""Some drills of each kind, under visitors; `make test-all` plays every one."""

from __future__ import annotations

import re

import pytest

from .played import Played, play

GOOD, BAD, STAGE, LATE, MISSING = (
    "all-at-once",
    "answers-500",
    "test-listener-on-live",
    "alarm-after-shift",
    "image-missing",
)
SOME = (GOOD, BAD, STAGE, LATE, MISSING)

pytestmark = pytest.mark.timeout(420)


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("drills"), *SOME, places=1, limit=400)


@pytest.mark.parametrize("name", SOME)
def test_a_drill_keeps_every_promise(some: Played, name: str):
    broken = [f"{one.text}: {one.seen}" for one in some.drills[name].promises if not one.kept]
    assert broken == [], some.said


@pytest.mark.parametrize("name", SOME)
def test_no_visitor_was_dropped_or_met_a_version_that_had_not_passed(some: Played, name: str):
    figures = some.drills[name].figures
    assert figures is not None
    assert figures.requests > 400
    assert (figures.dropped, figures.unverified) == (0, 0)


def test_a_rejected_release_says_why_in_the_words_of_the_hook(some: Played):
    assert "GET /one: expected status 200, got status 500" in some.drills[BAD].reason


def test_a_version_that_turns_bad_after_the_shift_is_met_no_longer_than_its_configuration_risks(some: Played):
    figures = some.drills[LATE].figures
    assert figures is not None
    assert 0 < figures.seen.seconds <= figures.allowed.seconds
    assert figures.seconds_to_roll_back is not None


def test_times_are_told_of_a_good_release(some: Played):
    figures = some.drills[GOOD].figures
    assert figures is not None
    assert figures.before is not None
    assert figures.during is not None
    assert figures.after is not None
    assert 0 < (figures.seconds_to_verdict or 0) < (figures.seconds_to_shift or 0)


def test_the_timeline_shows_who_answered_and_where_traffic_went(some: Played):
    timeline = some.drills[GOOD].timeline
    assert timeline is not None
    assert [version.role for version in timeline.versions] == ["live", "new"]
    assert [(one.blue, one.green) for one in timeline.weights] == [(100, 0), (0, 100)]
    assert {"BeforeAllowTraffic", "AllowTraffic"} <= {event.name for event in timeline.events}


def test_the_run_ends_well_and_says_where_the_report_is(some: Played):
    assert some.code == 0, some.said
    assert re.search(r"5 of 5 drills kept every promise", some.said)
    page = some.folder / "report.html"
    assert str(page.name) in some.said
    assert page.is_file()
    assert (some.folder / "summary.md").is_file()


@pytest.mark.parametrize("name", SOME)
def test_the_logs_are_kept_beside_the_report(some: Played, name: str):
    logs = some.drills[name].logs
    assert logs
    assert all((some.folder / log).stat().st_size for log in logs)


def test_nothing_is_left_behind(some: Played):
    assert some.left == []
    assert some.is_clean
