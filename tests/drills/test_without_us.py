"""The article's own set-up beside ours: what is rejected here is let through there, and that is no failed run."""

from __future__ import annotations

import pytest

from bluegreen.drills import broken_off

from .played import Played, play

BAD, STAGE = "answers-500", "test-listener-on-live"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("drills"), BAD, STAGE, places=1, limit=580, variant="both")


def broken(played: Played, name: str, variant: str) -> set[str]:
    return {one.text for one in played.of(name, variant).promises if not one.kept}


@pytest.mark.parametrize("name", [BAD, STAGE])
def test_ours_keeps_every_promise(both: Played, name: str):
    assert broken(both, name, "bluegreen") == set(), both.said


def test_the_article_lets_a_bad_version_through_to_everybody(both: Played):
    drill = both.of(BAD, "article")
    assert drill.figures
    assert {"the release failed and was taken back", "nobody met a bad answer", "the right version is live"} <= broken(
        both, BAD, "article"
    )
    assert drill.figures.bad > 100
    assert drill.figures.unverified >= drill.figures.bad
    assert drill.figures.seen.share > 0.9


def test_the_article_does_not_see_that_the_new_version_was_never_asked(both: Played):
    drill = both.of(STAGE, "article")
    assert drill.figures
    assert drill.figures.bad == 0, "the version was a good one, by luck"
    assert drill.figures.unverified > 100
    assert "nobody was answered by a version that had not passed, or had failed" in broken(both, STAGE, "article")


@pytest.mark.parametrize("name", [BAD, STAGE])
def test_each_was_played_to_its_end_and_has_logs_of_its_own(both: Played, name: str):
    ours, article = both.of(name, "bluegreen"), both.of(name, "article")
    assert not set(ours.logs) & set(article.logs)
    assert all((both.folder / log).stat().st_size for log in (*ours.logs, *article.logs))
    assert broken_off.TEXT not in broken(both, name, "article")


def test_what_the_article_breaks_fails_no_run_and_is_told(both: Played):
    assert both.code == 0, both.said
    assert "2 of 2 drills kept every promise" in both.said
    assert "0 of 2 drills kept every promise, in the article's own set-up" in both.said
    assert "| 2 drills, bluegreen | the same 2, article |" in (both.folder / "summary.md").read_text()


def test_nothing_is_left_behind(both: Played):
    assert both.left == []
    assert both.is_clean
