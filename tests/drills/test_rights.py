"""Which revision may answer whom, from CodeDeploy's times."""

from __future__ import annotations

from bluegreen.drills.rights import SPREAD, rights

from .made import good, played, release


def covered(revision: str, due: float, *deployed) -> bool:
    (visit,) = played(good(due, revision)).visits
    return any(right.covers(visit) for right in rights("app:1", deployed))


def test_what_was_live_at_first_may_always_answer():
    assert covered("app:1", 1.0)
    assert covered("app:1", 99.0, release())


def test_a_revision_may_answer_from_its_verdict_on():
    assert not covered("app:2", 10.9, release(verified=11.0))
    assert covered("app:2", 11.0, release(verified=11.0))


def test_one_without_a_verdict_may_never():
    assert not covered("app:2", 50.0, release(verified=None, status="Failed"))


def test_a_verdict_on_the_live_version_is_none_on_the_one_that_is_released():
    assert not covered("app:2", 50.0, release(asked="app:1"))


def test_one_that_failed_may_no_more_but_for_what_was_under_way():
    failed = release(status="Stopped", ended=13.0)
    assert covered("app:2", 13.0 + SPREAD, failed)
    assert not covered("app:2", 13.1 + SPREAD, failed)


def test_one_that_was_never_released_may_never():
    assert not covered("app:9", 12.0, release())
