"""Which drills are played in which set-up."""

from __future__ import annotations

import pytest

from bluegreen.drills import catalog
from bluegreen.drills.variants import chosen
from bluegreen.drills.wish import Choice


def names(drills: list[str], choice: Choice) -> dict[str, list[str]]:
    return {variant: [one.name for one in found] for variant, found in chosen(drills, choice).items()}


def test_without_a_word_drills_are_played_in_our_set_up_once_each():
    wanted = ["canary", "hang", "canary"]
    assert names(wanted, Choice.BLUEGREEN) == {"bluegreen": ["canary", "hang"]}


def test_both_set_ups_play_the_same_drills_every_one_of_them():
    every = list(catalog.NAMES)
    assert names(["all"], Choice.BOTH) == {"bluegreen": every, "article": every}
    assert names(["all"], Choice.ARTICLE) == {"article": every}


@pytest.mark.parametrize("wanted", [["nothing"], ["all", "nothing"]])
def test_an_unknown_drill_is_refused(wanted: list[str]):
    with pytest.raises(catalog.UnknownDrillError):
        chosen(wanted, Choice.BOTH)
