"""What drills add up to: of times, the median and the longest with its drill."""

from __future__ import annotations

from dataclasses import replace

from bluegreen.report.drill import Drill
from bluegreen.report.evidence import Evidence
from bluegreen.report.sums import sums
from bluegreen.report.times import Times, times
from bluegreen.report.totals import add_up
from tests.report.sample import evidence


def ours() -> tuple[Drill, ...]:
    return tuple(drill for drill in evidence(broken=True).drills if drill.variant == "bluegreen")


def test_a_median_is_of_the_drills_that_had_such_a_time() -> None:
    assert times([("one", 1.0), ("none", None), ("three", 9.0), ("two", 2.0)]) == Times(2.0, 9.0, "three")
    assert times([("one", 1.0), ("two", 2.0)]) == Times(1.5, 2.0, "two")


def test_of_drills_that_took_as_long_the_first_is_named() -> None:
    assert times([("one", 1.0), ("two", 1.0)]) == Times(1.0, 1.0, "one")


def test_without_such_a_time_there_is_none() -> None:
    assert times([]) is None
    assert times([("one", None)]) is None


def test_each_time_names_its_own_drill() -> None:
    totals = add_up("bluegreen", ours())
    assert totals.seconds_to_verdict
    assert totals.seconds_to_shift
    assert totals.seconds_to_roll_back
    assert (totals.seconds_to_verdict.drill, totals.seconds_to_shift.drill) == ("hook-crashes", "linear")
    rolled_back = {drill.name: drill.figures.seconds_to_roll_back for drill in ours() if drill.figures}
    assert rolled_back[totals.seconds_to_roll_back.drill] == totals.seconds_to_roll_back.longest


def test_before_during_and_after_are_told_apart() -> None:
    totals = add_up("bluegreen", ours())
    figures = [drill.figures for drill in ours() if drill.figures]
    for when in ("before", "during", "after"):
        of_drills = [getattr(one, when) for one in figures]
        found = getattr(totals, when)
        assert found.max == max(one.max for one in of_drills)
        assert min(one.p50 for one in of_drills) < found.p50 < max(one.p50 for one in of_drills)
        assert found.p50 < found.p99 <= max(one.p99 for one in of_drills)


def test_the_table_of_totals_has_all_drills_and_then_those_of_both_set_ups() -> None:
    heads = [one.head for one in sums(evidence())]
    assert heads == ["10 drills, bluegreen", "4 of them, bluegreen", "the same 4, article"]


def test_where_both_set_ups_played_all_drills_no_column_is_there_twice() -> None:
    run = evidence()
    good = tuple(drill for drill in run.drills if drill.name == "all-at-once")
    assert [one.head for one in sums(Evidence(run.run, good))] == ["1 drill, bluegreen", "the same 1, article"]


def test_drills_of_one_set_up_are_one_column() -> None:
    run = evidence()
    article = tuple(replace(drill, variant="article") for drill in ours())
    assert [one.head for one in sums(Evidence(run.run, article))] == ["12 drills, article"]
