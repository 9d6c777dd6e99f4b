"""Which target has which turn, where visitors stay."""

from __future__ import annotations

from collections import Counter

from bluegreen.loopback.data_plane.sticky import order
from bluegreen.loopback.data_plane.turns import TURNS

TARGETS = [f"127.16.1.{n}:3000" for n in range(1, 5)]


def test_every_target_has_about_its_share_of_the_turns() -> None:
    counts = Counter(order(TARGETS))

    assert counts.keys() == set(TARGETS)
    assert all(TURNS / 8 < count < TURNS / 2 for count in counts.values())


def test_only_the_turns_of_a_target_that_is_gone_move() -> None:
    before, after = order(TARGETS), order(TARGETS[1:])

    moved = [turn for turn in range(TURNS) if before[turn] != after[turn]]
    assert moved == [turn for turn in range(TURNS) if before[turn] == TARGETS[0]]


def test_the_order_of_the_targets_is_no_matter() -> None:
    assert order(TARGETS) == order(TARGETS[::-1])
