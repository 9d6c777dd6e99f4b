"""A figure keeps its promise or not, and the table says which."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from benches.figure import Figure, markdown, row

FIGURE = Figure(what="it", values=[0.001, 0.002, 0.009], reference="other", reference_values=[0.001, 0.002, 0.003])


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        ({"limit": 0.0021}, True),
        ({"limit": 0.002}, False),
        ({"least_ratio": 1.0}, True),
        ({"least_ratio": 1.1}, False),
        ({"most_ratio": 1.0}, True),
        ({"most_ratio": 0.9}, False),
        ({"limit": 1.0, "most_ratio": 0.9}, False),
        ({}, True),
    ],
)
def test_a_promise_that_is_broken_is_told_and_marked(promise: dict[str, Any], kept: bool) -> None:
    figure = dataclasses.replace(FIGURE, **promise)
    assert figure.kept is kept
    assert ("NOT" in row(figure)[-1]) is not kept


def test_a_turn_that_other_work_slowed_does_not_decide_the_ratio() -> None:
    assert dataclasses.replace(FIGURE, values=[2, 90, 3], reference_values=[1, 45, 2]).ratio == 2


def test_a_figure_that_nothing_is_like_has_no_ratio() -> None:
    alone = Figure(what="binary", values=[2e6], limit=3e6, show=str)
    assert row(alone) == ["binary", "1", "2000000.0", "", "", "", "", "< 3000000.0"]
    assert markdown([alone]).splitlines()[2] == "| binary | 1 | 2000000.0 |  |  |  |  | < 3000000.0 |"
