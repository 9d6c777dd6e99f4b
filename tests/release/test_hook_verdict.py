import json
from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import hook_verdict

Recorded = Callable[..., Any]
ID = "d-1NNWZG91L"


def test_a_verdict_tells_the_identity_it_proved_and_every_route(verdict_line: Recorded) -> None:
    found = hook_verdict.parse(verdict_line(), ID)
    assert found
    text = hook_verdict.as_event(found, ID).text
    assert "Succeeded  132 ms, proved: every answer came from rust-blue-green:5" in text
    assert "GET /one: status 200 from rust-blue-green:5, 1 attempt, 12 ms" in text


def test_a_failed_route_tells_what_was_expected_and_what_came(verdict_line: Recorded) -> None:
    found = hook_verdict.parse(
        verdict_line("Failed", "/one: expected status 200, got status 500", got="status 500", attempts=4), ID
    )
    assert found
    text = hook_verdict.as_event(found, ID).text
    assert "GET /one: expected status 200, got status 500 from rust-blue-green:5, 4 attempts" in text


def test_a_route_that_nobody_answered_got_nothing(verdict_line: Recorded) -> None:
    found = hook_verdict.parse(verdict_line("Failed", got=None, task_definition=None), ID)
    assert found
    assert "expected status 200, got nothing, 1 attempt" in hook_verdict.line_of(found.routes[0])


def test_an_answer_from_another_revision_names_both_once(verdict_line: Recorded) -> None:
    live, deployed = "rust-blue-green:3", "an answer by rust-blue-green:5"
    found = hook_verdict.parse(verdict_line("Failed", expected=deployed, got=live, task_definition=live), ID)
    assert found
    line = hook_verdict.line_of(found.routes[0])
    assert line == "GET /one: expected an answer by rust-blue-green:5, got rust-blue-green:3, 1 attempt, 12 ms"


def test_what_the_proof_leaves_open_is_said(verdict_line: Recorded) -> None:
    note = "rust-blue-green:5 is live already: its answers cannot be told from those of the replacement"
    found = hook_verdict.parse(json.dumps({**json.loads(verdict_line()), "note": note}), ID)
    assert found
    told = hook_verdict.as_event(found, ID)
    assert f"note: {note}" in told.text
    assert told.fields["note"] == note


def test_no_proof_is_said(verdict_line: Recorded) -> None:
    line = verdict_line().replace('"rust-blue-green:5", "proof": "required"', 'null, "proof": "off"')
    found = hook_verdict.parse(line, ID)
    assert found
    assert "identity not proved" in hook_verdict.as_event(found, ID).text


@pytest.mark.parametrize("line", ["START RequestId", "{}", "[]", "", '{"message":"verdict","deployment_id":"d-OTHER"}'])
def test_other_lines_of_the_log_are_no_verdict(line: str) -> None:
    assert hook_verdict.parse(line, ID) is None
