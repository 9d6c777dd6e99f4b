"""Who may answer visitors, and when."""

from __future__ import annotations

import math

from bluegreen.rehearsal.approvals import approvals
from bluegreen.rehearsal.cast import BLUE, BROKEN, GREEN
from bluegreen.rehearsal.figures import Approval
from bluegreen.rehearsal.releases import Release

INITIAL = Approval("app:1", GREEN.key)


def release(revision: str, *, verified: float | None, shifted: float | None) -> Release:
    return Release("d-1", revision, "Succeeded", created=0.0, verified=verified, rejected=None, shifted=shifted)


def test_a_revision_may_answer_from_its_verdict_on_and_the_one_before_until_the_shift():
    first, second = approvals(INITIAL, [(BLUE, release("app:2", verified=10.0, shifted=11.0))])
    assert (first.since, first.until) == (0.0, 11.0)
    assert (second.task_definition, second.key, second.since, second.until) == ("app:2", BLUE.key, 10.0, math.inf)


def test_a_rejected_revision_may_never_answer_and_the_one_before_goes_on():
    assert approvals(INITIAL, [(BROKEN, release("app:2", verified=None, shifted=None))]) == (INITIAL,)
