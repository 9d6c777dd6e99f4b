"""With and without this product: like is compared with like."""

from __future__ import annotations

from bluegreen.report.comparison import comparison
from bluegreen.report.evidence import Evidence
from tests.report.sample import evidence


def test_only_drills_of_both_set_ups_are_added_up() -> None:
    both = comparison(evidence())
    assert both
    assert [pair.ours.name for pair in both.pairs] == [
        "answers-500",
        "wrong-body",
        "test-listener-moved",
        "all-at-once",
    ]
    assert (both.ours.drills, both.ours.kept) == (4, 4)
    assert (both.article.drills, both.article.kept) == (4, 1)
    assert both.ours.requests < evidence().totals[0].requests


def test_the_pair_that_is_drawn_is_that_with_the_greatest_harm() -> None:
    both = comparison(evidence())
    assert both
    assert both.telling
    worst = max(pair.article.figures.bad for pair in both.pairs if pair.article.figures)
    assert both.telling.article.figures
    assert both.telling.article.figures.bad == worst > 0


def test_without_the_other_set_up_there_is_nothing_to_compare() -> None:
    run = evidence()
    ours = tuple(drill for drill in run.drills if drill.variant == "bluegreen")
    assert comparison(Evidence(run.run, ours)) is None


def test_where_both_fared_alike_no_pair_is_drawn() -> None:
    run = evidence()
    good = tuple(drill for drill in run.drills if drill.name == "all-at-once")
    both = comparison(Evidence(run.run, good))
    assert both
    assert both.telling is None
