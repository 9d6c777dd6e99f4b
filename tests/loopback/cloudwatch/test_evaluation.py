"""What an alarm makes of its datapoints; the tables are those of the CloudWatch user guide."""

from __future__ import annotations

import pytest

from bluegreen.loopback.cloudwatch.evaluation import Condition, Missing, State, evaluate

OK, ALARM, UNKNOWN = State.OK, State.ALARM, State.INSUFFICIENT_DATA
STAYS = None
VALUES = {"0": 0.0, "X": 2.0, "-": None}

# datapoints, and the state for missing, ignore, breaching, notBreaching
THREE_OF_THREE = [
    ("0 - X - X", OK, OK, OK, OK),
    ("0 - - - -", OK, OK, OK, OK),
    ("- - - - -", UNKNOWN, STAYS, ALARM, OK),
    ("0 X X - X", ALARM, ALARM, ALARM, ALARM),
    ("- - X - -", ALARM, STAYS, ALARM, OK),
]
TWO_OF_THREE = [
    ("0 - X - X", ALARM, ALARM, ALARM, ALARM),
    ("0 0 X 0 X", ALARM, ALARM, ALARM, ALARM),
    ("0 - X - -", OK, OK, ALARM, OK),
    ("- - - - 0", OK, OK, ALARM, OK),
    ("- - - X -", ALARM, STAYS, ALARM, OK),
]


def state(points: str, *, needed: int, missing: Missing, periods: int = 3) -> State | None:
    condition = Condition(
        comparison="GreaterThanThreshold", threshold=1.0, periods=periods, datapoints=needed, missing=missing
    )
    return evaluate(condition, [VALUES[point] for point in points.split()])


@pytest.mark.parametrize("missing", list(Missing))
@pytest.mark.parametrize(("points", "states"), [(points, states) for points, *states in THREE_OF_THREE])
def test_three_datapoints_of_three(points: str, states: list[State | None], missing: Missing) -> None:
    assert state(points, needed=3, missing=missing) == dict(zip(Missing, states, strict=True))[missing]


@pytest.mark.parametrize("missing", list(Missing))
@pytest.mark.parametrize(("points", "states"), [(points, states) for points, *states in TWO_OF_THREE])
def test_two_datapoints_of_three(points: str, states: list[State | None], missing: Missing) -> None:
    assert state(points, needed=2, missing=missing) == dict(zip(Missing, states, strict=True))[missing]


def test_one_red_datapoint_is_not_old_enough_where_two_are_needed() -> None:
    assert state("- - - - X", needed=2, missing=Missing.MISSING) is STAYS


def test_a_red_datapoint_counts_until_newer_ones_have_replaced_it_or_it_leaves_the_range() -> None:
    seen = [state(points, needed=1, periods=1, missing=Missing.NOT_BREACHING) for points in ("0 0 X", "0 X -", "X - -")]

    assert seen == [ALARM, ALARM, ALARM]
    assert state("X - 0", needed=1, periods=1, missing=Missing.NOT_BREACHING) is OK
    assert state("- - -", needed=1, periods=1, missing=Missing.NOT_BREACHING) is OK


@pytest.mark.parametrize(
    ("comparison", "at", "above", "below"),
    [
        ("GreaterThanThreshold", OK, ALARM, OK),
        ("GreaterThanOrEqualToThreshold", ALARM, ALARM, OK),
        ("LessThanThreshold", OK, OK, ALARM),
        ("LessThanOrEqualToThreshold", ALARM, OK, ALARM),
    ],
)
def test_each_comparison_knows_its_side_of_the_threshold(
    comparison: str, at: State, above: State, below: State
) -> None:
    condition = Condition(comparison=comparison, threshold=5.0, periods=1, datapoints=1)

    assert [evaluate(condition, [value]) for value in (5.0, 5.1, 4.9)] == [at, above, below]
