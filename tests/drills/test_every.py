"""Every drill there is."""

from __future__ import annotations

import pytest

from bluegreen.drills import catalog

from .played import Played, play

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("drills"), "all", places=2, limit=1700)


@pytest.mark.parametrize("name", catalog.NAMES)
def test_a_drill_keeps_every_promise(every: Played, name: str):
    broken = [f"{one.text}: {one.seen}" for one in every.drills[name].promises if not one.kept]
    assert broken == [], every.said


def test_nothing_is_left_behind(every: Played):
    assert every.left == []
    assert every.is_clean
