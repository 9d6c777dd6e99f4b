"""Names above a chart: whatever the moments, no name covers another and no leader line crosses one."""

from __future__ import annotations

import itertools

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bluegreen.report import labels
from bluegreen.report.labels import LANES, Label, place
from bluegreen.report.marks import Mark, Shape

WIDTH = 1040.0

TEXTS = st.integers(1, 44).map(lambda length: "n" * length)
PLACES = st.lists(
    st.tuples(st.floats(52, 1026), TEXTS, st.sampled_from(["", "Succeeded", "Failed", "Ready"])), max_size=40
)


def placed(given_places: list[tuple[float, str, str]]) -> tuple[Label, ...]:
    ordered = sorted(given_places)
    found = [
        (Mark(number, x, Shape.EVENT if status else Shape.DEED, text, status), text, x)
        for number, (x, text, status) in enumerate(ordered, start=1)
    ]
    return place(found, left=0, right=WIDTH)


@settings(max_examples=400)
@given(PLACES)
def test_no_name_covers_another(places: list[tuple[float, str, str]]) -> None:
    for one, other in itertools.combinations(placed(places), 2):
        assert one.lane != other.lane or one.span[1] <= other.span[0] or other.span[1] <= one.span[0]


@settings(max_examples=400)
@given(PLACES)
@example([(52, "n", ""), (266, "n" * 38, ""), (271, "n", ""), (276, "n" * 23, "")])  # the second is cut to nothing
def test_no_leader_line_crosses_a_name(places: list[tuple[float, str, str]]) -> None:
    for one, other in itertools.permutations(placed(places), 2):
        crosses = other.span[0] < one.x < other.span[1] and other.lane < one.lane
        assert not crosses, (one, other)


@settings(max_examples=400)
@given(PLACES)
def test_every_name_is_within_the_picture(places: list[tuple[float, str, str]]) -> None:
    for one in placed(places):
        assert one.span[0] >= 0
        assert one.span[1] <= WIDTH
        assert one.lane < LANES


def test_names_that_matter_least_go_first_where_there_is_no_room() -> None:
    many = [(100.0 + index, "BeforeAllowTraffic", "Succeeded") for index in range(LANES + 1)]
    found = placed([*many, (105.5, "AllowTraffic", "Failed")])
    assert [one.text for one in found] == ["AllowTraffic"]


def test_a_name_has_room_for_its_letters() -> None:
    assert Label(Mark(1, 0, Shape.DEED, "ten words.", ""), "ten words.", 5, flipped=False).span == (
        5 + labels.DISTANCE,
        5 + labels.DISTANCE + 10 * labels.CHARACTER,
    )
