"""The article's own set-up beside ours: what is rejected here is let through there, and that is no failed run."""

from __future__ import annotations

import re

import pytest

from bluegreen.drills import broken_off, catalog

from .played import LIMIT, Played

BAD, STAGE = "answers-500", "test-listener-on-live"
DRILLS = len(catalog.NAMES)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(LIMIT + 100)]


def broken(played: Played, name: str) -> set[str]:
    return {one.text for one in played.of(name, "article").promises if not one.kept}


@pytest.mark.parametrize("name", catalog.NAMES)
def test_every_drill_is_played_to_its_end_there_too_and_has_logs_of_its_own(every: Played, name: str):
    ours, article = every.of(name, "bluegreen"), every.of(name, "article")
    assert broken_off.TEXT not in broken(every, name), every.said
    assert article.figures
    assert article.figures.requests > 400
    assert article.logs
    assert not set(ours.logs) & set(article.logs)
    assert all((every.folder / log).stat().st_size for log in (*ours.logs, *article.logs))


def test_the_article_lets_a_bad_version_through_to_everybody(every: Played):
    drill = every.of(BAD, "article")
    assert drill.figures
    assert {"the release failed and was taken back", "nobody met a bad answer", "the right version is live"} <= broken(
        every, BAD
    )
    assert drill.figures.bad > 100
    assert drill.figures.unverified >= drill.figures.bad
    assert drill.figures.seen.share > 0.9


def test_the_article_does_not_see_that_the_new_version_was_never_asked(every: Played):
    drill = every.of(STAGE, "article")
    assert drill.figures
    assert drill.figures.bad == 0, "the version was a good one, by luck"
    assert drill.figures.unverified > 100
    assert "nobody was answered by a version that had not passed, or had failed" in broken(every, STAGE)


def test_what_the_article_breaks_fails_no_run_and_is_told(every: Played):
    assert every.code == 0, every.said
    assert f"{DRILLS} of {DRILLS} drills kept every promise\n" in every.said
    kept = re.search(rf"(\d+) of {DRILLS} drills kept every promise, in the article's own set-up", every.said)
    assert kept
    assert int(kept[1]) < DRILLS / 2
    assert f"| {DRILLS} drills, bluegreen | the same {DRILLS}, article |" in (every.folder / "summary.md").read_text()
