"""Whose turn it is, for weights and targets."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.loopback.data_plane.schedule import NO_TARGET, schedule


def test_equal_weights_alternate() -> None:
    assert schedule([("blue", 50), ("green", 50)], {"blue": ["b"], "green": ["g"]}) == ["b", "g"]


def test_a_small_share_comes_once_in_its_round_and_not_in_a_run() -> None:
    turns = schedule([("blue", 90), ("green", 10)], {"blue": ["b"], "green": ["g"]})

    assert Counter(turns) == {"b": 9, "g": 1}


def test_a_group_of_weight_zero_has_no_turn() -> None:
    assert schedule([("blue", 100), ("green", 0)], {"blue": ["b"], "green": ["g"]}) == ["b"]


def test_without_any_weight_nobody_has_a_turn() -> None:
    assert schedule([("blue", 0), ("green", 0)], {"blue": ["b"], "green": ["g"]}) == []


def test_a_group_without_targets_keeps_its_turns() -> None:
    assert schedule([("blue", 1), ("green", 1)], {"blue": ["b"]}) == ["b", NO_TARGET]


def test_the_targets_of_a_group_share_its_turns_evenly() -> None:
    turns = schedule([("blue", 1), ("green", 1)], {"blue": ["b1", "b2"], "green": ["g"]})

    assert turns == ["b1", "g", "b2", "g"]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_one_group_alone_is_round_robin(size: int) -> None:
    names = [f"t{n}" for n in range(size)]

    assert schedule([("blue", 7)], {"blue": names}) == names


@given(
    weights=st.lists(st.integers(0, 20), min_size=1, max_size=5),
    sizes=st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
def test_over_a_round_every_group_has_exactly_its_weight(weights: list[int], sizes: list[int]) -> None:
    shares = [(f"group{n}", weight) for n, weight in enumerate(weights)]
    targets = {name: [f"{name}/{k}" for k in range(size)] for (name, _), size in zip(shares, sizes, strict=False)}

    turns = schedule(shares, targets)

    total = sum(weights)
    for name, weight in shares:
        if targets[name] and weight:
            drawn = Counter(turn for turn in turns if turn.startswith(name))
            assert sum(drawn.values()) * total == weight * len(turns)
            assert len(set(drawn.values())) == 1
