"""Whose turn it is."""

from __future__ import annotations

from collections import Counter

import pytest

from .conftest import Account, ask, forward, named


def drawn(account: Account, number: int) -> Counter[str]:
    connection = account.connect()
    return Counter(ask(connection)[1] for _ in range(number))


def test_requests_are_divided_exactly_by_weight(account, target) -> None:
    blue, green = target(named("blue")), target(named("green"))
    for weights in ((1, 99), (90, 10), (33, 67)):
        account.serve(forward(blue=weights[0], green=weights[1]), blue=(blue,), green=(green,))
        assert drawn(account, 100) == {"blue": weights[0], "green": weights[1]}


def test_a_change_of_targets_leaves_the_turns_of_the_groups_where_they_were(account, target) -> None:
    blue, green = target(named("blue")), [target(named("green")) for _ in range(2)]
    seen: Counter[str] = Counter()
    for turn in range(100):
        account.serve(forward(blue=99, green=1), blue=(blue,), green=(green[turn % 2],))
        seen += drawn(account, 1)

    assert seen == {"blue": 99, "green": 1}


def test_the_targets_of_a_group_share_its_turns_evenly(account, target) -> None:
    names = ("one", "two", "three")
    account.serve(forward(blue=1), blue=tuple(target(named(name)) for name in names))

    assert drawn(account, 30) == dict.fromkeys(names, 10)


@pytest.mark.parametrize("weights", [{"blue": 0}, {"blue": 0, "green": 0}])
def test_without_any_weight_nobody_is_asked(account, target, eventually, weights: dict[str, int]) -> None:
    account.serve(forward(**weights), blue=(target(named("blue")),))

    assert account.get()[0] == 503
    eventually(lambda: [(one.status, one.target) for one in account.recorded()] == [(503, "")])
