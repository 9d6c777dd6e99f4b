"""How the rehearsal reads Terraform's JSON lines."""

from __future__ import annotations

import json

from bluegreen.rehearsal.terraform import Messages


def heard(*messages: object) -> tuple[Messages, list[str]]:
    progress: list[str] = []
    reader = Messages(progress.append)
    for message in messages:
        reader(message if isinstance(message, str) else json.dumps(message))
    return reader, progress


def test_the_summary_counts_what_was_added():
    reader, _progress = heard({"type": "change_summary", "changes": {"add": 71, "operation": "apply"}})
    assert reader.summary["add"] == 71


def test_the_summary_of_a_plan_is_not_taken_for_an_apply():
    reader, _progress = heard({"type": "change_summary", "changes": {"add": 71, "operation": "plan"}})
    assert reader.summary == {}


def test_planned_changes_are_named_with_their_action():
    change = {"action": "update", "resource": {"addr": "aws_lb_listener.production"}}
    reader, _progress = heard({"type": "planned_change", "change": change})
    assert reader.planned == ["update aws_lb_listener.production"]


def test_an_error_is_told_with_the_resource_and_the_detail():
    diagnostic = {"severity": "error", "address": "aws_lb.alb", "summary": "creating", "detail": "no subnet"}
    reader, _progress = heard({"type": "diagnostic", "diagnostic": diagnostic})
    assert reader.errors == "aws_lb.alb creating: no subnet"


def test_a_warning_is_not_an_error():
    reader, _progress = heard({"type": "diagnostic", "diagnostic": {"severity": "warning", "summary": "old"}})
    assert reader.errors == "it gave no reason"


def test_a_line_that_is_not_json_is_kept_as_the_reason():
    reader, _progress = heard("terraform: command crashed")
    assert reader.errors == "terraform: command crashed"


def test_progress_is_told_every_tenth_resource():
    done = {"type": "apply_complete", "hook": {"resource": {"addr": "a"}}}
    planned = {"type": "planned_change", "change": {"action": "create", "resource": {"addr": "a"}}}
    _reader, progress = heard(*[planned] * 12, *[done] * 12)
    assert progress == ["10 of 12 resources done"]
