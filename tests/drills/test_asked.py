"""Whom the hook asked, by its own log."""

from __future__ import annotations

import json

from bluegreen.drills.asked import asked


def verdict(deployment_id: str, *revisions: str | None) -> str:
    routes = [{"path": "/one", "task_definition": revision} for revision in revisions]
    return json.dumps({"message": "verdict", "deployment_id": deployment_id, "routes": routes})


def test_every_revision_that_answered_is_named_by_deployment():
    lines = [verdict("d-1", "app:1", "app:1"), verdict("d-2", "app:1", "app:2")]
    assert asked(lines) == {"d-1": {"app:1"}, "d-2": {"app:1", "app:2"}}


def test_several_hooks_of_a_deployment_are_taken_together():
    assert asked([verdict("d-1", "app:1"), verdict("d-1", "app:2")]) == {"d-1": {"app:1", "app:2"}}


def test_an_answer_without_its_revision_is_kept_as_that():
    assert asked([verdict("d-1", "app:1", None)]) == {"d-1": {"app:1", ""}}


def test_other_lines_of_the_log_say_nothing():
    assert asked(["START RequestId: 1", "3", json.dumps({"message": "start", "deployment_id": "d-1"})]) == {}
