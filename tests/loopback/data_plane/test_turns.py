"""The files that say whose turn it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bluegreen.loopback.data_plane.turns import KEPT_ORDERS, TURNS, Turns, upstreams


@pytest.fixture
def turns(tmp_path: Path) -> Turns:
    return Turns(tmp_path)


def drawn(folder: Path, action: str = "one") -> list[str]:
    """Return what the proxy reads, turn by turn."""
    files = [upstream["dial"].removeprefix("{file.").removesuffix("}") for upstream in upstreams(action)]
    return [(folder / file).read_text() for file in files]


def test_the_order_is_repeated_over_all_turns(turns: Turns, tmp_path: Path) -> None:
    turns.bring({"one": ["a:1", "b:1", "c:1"]})

    assert drawn(tmp_path)[:4] == ["a:1", "b:1", "c:1", "a:1"]
    assert Counter(drawn(tmp_path)) == dict.fromkeys(("a:1", "b:1", "c:1"), TURNS // 3)


def test_a_new_order_replaces_the_old_one(turns: Turns, tmp_path: Path) -> None:
    turns.bring({"one": ["a:1"], "two": ["c:1"]})
    turns.bring({"one": ["b:1"], "two": ["c:1"]})

    assert set(drawn(tmp_path)) == {"b:1"}
    assert set(drawn(tmp_path, "two")) == {"c:1"}


def test_adding_changes_no_action_that_is_there(turns: Turns, tmp_path: Path) -> None:
    turns.bring({"one": ["a:1"]})
    turns.add({"one": ["b:1"], "two": ["b:1"]})

    assert (set(drawn(tmp_path)), set(drawn(tmp_path, "two"))) == ({"a:1"}, {"b:1"})


def test_an_action_that_is_gone_leaves_nothing_and_may_come_back(turns: Turns, tmp_path: Path) -> None:
    turns.bring({"one": ["a:1"]})
    turns.bring({})
    assert not (tmp_path / "turns" / "one").exists()

    turns.bring({"one": ["a:1"]})
    assert set(drawn(tmp_path)) == {"a:1"}


def test_orders_that_nothing_uses_do_not_pile_up(turns: Turns, tmp_path: Path) -> None:
    for number in range(3 * KEPT_ORDERS):
        turns.bring({"one": [f"a:{number}"], "two": ["c:1"]})

    assert len(list((tmp_path / "turns").glob("order-*"))) <= KEPT_ORDERS + 2
    assert set(drawn(tmp_path)) == {f"a:{3 * KEPT_ORDERS - 1}"}
    assert set(drawn(tmp_path, "two")) == {"c:1"}
