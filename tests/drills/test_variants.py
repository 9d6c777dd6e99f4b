"""Which drills are played in which set-up."""

from __future__ import annotations

import pytest

from bluegreen.drills import catalog
from bluegreen.drills.variants import ARTICLE_KINDS, NotInArticleError, chosen
from bluegreen.drills.wish import Choice


def names(drills: list[str], choice: Choice) -> dict[str, list[str]]:
    return {variant: [one.name for one in found] for variant, found in chosen(drills, choice).items()}


def test_without_a_word_drills_are_played_in_our_set_up_once_each():
    wanted = ["canary", "hang", "canary"]
    assert names(wanted, Choice.BLUEGREEN) == {"bluegreen": ["canary", "hang"]}


def test_both_set_ups_play_the_kinds_in_which_they_differ():
    found = names(["all"], Choice.BOTH)
    assert found["bluegreen"] == list(catalog.NAMES)
    kinds = {catalog.load(name).kind for name in found["article"]}
    assert kinds == set(ARTICLE_KINDS)
    left_out = set(catalog.NAMES) - set(found["article"])
    assert not {catalog.load(name).kind for name in left_out} & kinds


def test_all_of_the_article_leaves_out_what_does_not_differ():
    assert names(["all"], Choice.ARTICLE) == {"article": names(["all"], Choice.BOTH)["article"]}


def test_where_no_drill_is_for_the_article_ours_is_played_alone():
    assert names(["hook-crashes"], Choice.BOTH) == {"bluegreen": ["hook-crashes"]}


def test_a_drill_that_the_article_does_not_play_is_refused_where_it_was_asked_for():
    words = (
        r"hook-crashes is a drill of the kind bad hook; in the article's set-up there are: good release, bad version, "
    )
    with pytest.raises(NotInArticleError, match=words):
        chosen(["hang", "hook-crashes"], Choice.ARTICLE)


@pytest.mark.parametrize("wanted", [["nothing"], ["all", "nothing"]])
def test_an_unknown_drill_is_refused(wanted: list[str]):
    with pytest.raises(catalog.UnknownDrillError):
        chosen(wanted, Choice.BOTH)
