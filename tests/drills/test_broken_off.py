"""Which drill makes a run a bad one."""

from __future__ import annotations

import pytest

from bluegreen.drills import broken_off
from bluegreen.report.drill import Drill, Promise, Variant

KEPT = Promise("no request was dropped", True, "0 of 10 requests")
BROKEN = Promise("no request was dropped", False, "3 of 10 requests")


def drill(variant: Variant, *promises: Promise) -> Drill:
    return Drill("hang", "bad version", "It hangs.", variant, (*promises, BROKEN), "", None, None, ())


def test_a_broken_promise_of_ours_is_a_failure():
    assert broken_off.is_failure(drill("bluegreen", KEPT))


def test_a_broken_promise_of_the_article_s_is_what_was_to_be_found_out():
    assert not broken_off.is_failure(drill("article", KEPT))


@pytest.mark.parametrize("variant", ["bluegreen", "article"])
def test_one_that_broke_off_is_a_failure_in_either_set_up(variant: Variant):
    assert broken_off.is_failure(drill(variant, KEPT, broken_off.promise("no answer")))
