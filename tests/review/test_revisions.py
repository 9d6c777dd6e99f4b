"""Task definition revisions."""

from __future__ import annotations

import pytest

from tests.review.plans import CREATE, DELETE, REPLACE, findings, resource, rules_broken

TASK = "aws_ecs_task_definition.task"


@pytest.mark.parametrize("actions", [DELETE, REPLACE])
@pytest.mark.parametrize("kept", [{}, {"skip_destroy": None}, {"skip_destroy": False}])
def test_a_revision_is_not_deregistered(actions: list[str], kept: dict[str, object]) -> None:
    (finding,) = findings(resource(TASK, actions, {"family": "shop", "revision": 7, **kept}, {"skip_destroy": True}))
    assert (finding.rule, finding.what) == ("revisions", "the revision shop:7 is deregistered")


def test_a_new_revision_beside_the_old_one_passes() -> None:
    assert rules_broken(resource(TASK, REPLACE, {"skip_destroy": True}, {"skip_destroy": True})) == []
    assert rules_broken(resource(TASK, CREATE, None, {})) == []
