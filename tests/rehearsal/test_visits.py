"""The record of visits: whole, in order, and small."""

from __future__ import annotations

import tracemalloc

import pytest

from bluegreen.rehearsal.visit import Visit
from bluegreen.rehearsal.visits import ELSE, MOST, MOST_NAMES, FullError, Visits


def test_visits_are_kept_in_the_order_they_were_due_however_late_the_answers_are():
    visits = Visits()
    slow, quick = visits.begin(10.0), visits.begin(10.5)
    visits.answer(quick, 10.75, 200, "route_one", "app:2")
    visits.answer(slow, 12.0, 500, None, "app:1")
    assert list(visits) == [Visit(10.0, 2.0, 500, None, "app:1"), Visit(10.5, 0.25, 200, "route_one", "app:2")]


def test_a_visit_without_an_answer_says_why_and_one_under_way_that_it_is():
    visits = Visits()
    visits.fail(visits.begin(1.0), 1.5, "ConnectionResetError: reset")
    visits.begin(2.0)
    assert [(one.status, one.error, one.unanswered) for one in visits] == [
        (None, "ConnectionResetError: reset", True),
        (None, "no answer when the visitors left", True),
    ]


def test_an_error_of_a_task_is_an_answer_and_one_of_the_load_balancer_is_none():
    visits = Visits()
    visits.answer(visits.begin(1.0), 1.1, 500, None, "app:3")
    visits.answer(visits.begin(1.0), 1.1, 503, None, None)
    assert [(one.dropped, one.unanswered) for one in visits] == [(True, False), (True, True)]


def test_a_hundred_thousand_visits_take_eighteen_bytes_each_and_little_more():
    tracemalloc.start()
    visits = Visits()
    for row in range(100_000):
        visits.answer(visits.begin(float(row)), row + 0.25, 200, f"route_{row % 7}", "app:1")
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert visits.bytes_each == 18
    assert taken < 100_000 * 18 * 1.3
    assert MOST * visits.bytes_each < 40_000_000


def test_a_full_record_takes_no_more():
    visits = Visits(most=2)
    visits.begin(1.0)
    visits.begin(2.0)
    with pytest.raises(FullError, match="the record is full: 2 visits"):
        visits.begin(3.0)


def test_answers_that_never_occur_twice_do_not_fill_the_memory():
    visits = Visits()
    for row in range(MOST_NAMES + 50):
        visits.answer(visits.begin(float(row)), row + 0.25, 200, f"another {row}", "app:1")
    assert visits[5].key == "another 5"
    assert {visits[row].key for row in range(MOST_NAMES, len(visits))} == {ELSE}
