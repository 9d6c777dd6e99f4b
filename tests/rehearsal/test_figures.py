"""What visitors' records add up to."""

from __future__ import annotations

from bluegreen.rehearsal.figures import Approval, add_up
from bluegreen.rehearsal.visit import Visit

GREEN = Approval("app:1", "route_one from Green", until=200.0)
BLUE = Approval("app:2", "route_one from Blue", since=100.0)


def visit(
    due: float, *, task_definition: str | None = "app:1", key: str | None = "route_one from Green", status: int = 200
):
    return Visit(due, 0.01, status, key, task_definition)


def test_an_answer_from_the_initial_revision_is_right():
    assert add_up([visit(1.0)], [GREEN]).wrong == 0


def test_an_answer_from_a_revision_never_approved_is_wrong():
    figures = add_up([visit(1.0, task_definition="app:3")], [GREEN, BLUE])
    assert (figures.wrong, figures.dropped) == (1, 0)


def test_an_answer_from_a_revision_before_its_verdict_is_wrong():
    early = visit(99.0, task_definition="app:2", key="route_one from Blue")
    late = visit(101.0, task_definition="app:2", key="route_one from Blue")
    assert add_up([early], [GREEN, BLUE]).wrong == 1
    assert add_up([late], [GREEN, BLUE]).wrong == 0


def test_an_answer_from_a_revision_long_after_the_next_one_took_over_is_wrong():
    assert add_up([visit(201.0)], [GREEN, BLUE]).wrong == 0
    assert add_up([visit(203.0)], [GREEN, BLUE]).wrong == 1


def test_an_approved_revision_with_another_body_is_wrong():
    assert add_up([visit(1.0, key="route_two from Green")], [GREEN]).wrong == 1


def test_an_answer_without_identity_is_wrong():
    assert add_up([visit(1.0, task_definition=None)], [GREEN]).wrong == 1


def test_a_load_balancers_error_and_no_answer_at_all_are_dropped():
    nothing = Visit(2.0, 10.0, None, None, None, error="TimeoutError: ")
    figures = add_up([visit(1.0, status=503, key=None, task_definition=None), nothing], [GREEN])
    assert (figures.dropped, figures.wrong) == (2, 0)
    assert figures.examples == ("status 503, None from None", "TimeoutError: ")


def test_the_longest_gap_is_between_answers():
    figures = add_up([visit(1.0), visit(1.5), visit(4.0)], [GREEN])
    assert round(figures.longest_gap, 3) == 2.5
