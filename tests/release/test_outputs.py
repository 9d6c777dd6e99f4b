"""What a step in CI leaves for the next one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from bluegreen.release import outputs, report
from bluegreen.release.event import Event

if TYPE_CHECKING:
    from pathlib import Path

ENDED = {"deployment_id": "d-1", "status": "Succeeded", "exit_code": 0, "revision": "rust:2", "reason": None}


def event(kind: str, **fields: Any) -> Event:
    return Event(kind=kind, text="words", fields=fields)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            event("started", deployment_id="d-1", to="rust:2"),
            {"deployment-id": "d-1", "revision": "rust:2", "outcome": "running"},
        ),
        (event("unchanged", revision="rust:2"), {"revision": "rust:2", "outcome": "unchanged"}),
        (
            event("outcome", **ENDED),
            {"deployment-id": "d-1", "status": "Succeeded", "revision": "rust:2", "outcome": "succeeded"},
        ),
        (
            event("outcome", **{**ENDED, "exit_code": 1, "status": "Failed", "reason": "the hook"}),
            {
                "deployment-id": "d-1",
                "status": "Failed",
                "revision": "rust:2",
                "outcome": "failed",
                "reason": "the hook",
            },
        ),
        (
            event("shifted", status="InProgress", revision="rust:2"),
            {"status": "InProgress", "revision": "rust:2", "outcome": "shifted"},
        ),
        (event("left", deployment_id="d-1", exit_code=3), {"deployment-id": "d-1", "outcome": "running"}),
        (event("traffic", weights={}), {}),
    ],
    ids=lambda one: one.kind if isinstance(one, Event) else "",
)
def test_an_event_decides_its_outputs(told: Event, expected: dict[str, str]) -> None:
    assert outputs.of(told) == expected


def test_what_is_told_is_told_and_written(tmp_path: Path) -> None:
    stream, file = io.StringIO(), tmp_path / "output"
    told = report.choose(as_json=True, stream=stream, environ={"GITHUB_OUTPUT": str(file)})
    told.tell(event("started", deployment_id="d-1", to="rust:2"))
    told.tell(event("outcome", **ENDED))
    assert file.read_text().splitlines() == [
        "deployment-id=d-1",
        "revision=rust:2",
        "outcome=running",
        "deployment-id=d-1",
        "status=Succeeded",
        "revision=rust:2",
        "outcome=succeeded",
    ]
    assert len(stream.getvalue().splitlines()) == 2


def test_a_reason_of_several_lines_sets_no_output_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "output"
    outputs.refused("first\noutcome=succeeded\r\nlast", {"GITHUB_OUTPUT": str(file)})
    assert file.read_text() == "outcome=refused\nreason=first outcome=succeeded last\n"


def test_a_file_that_cannot_be_written_fails_nothing(tmp_path: Path) -> None:
    outputs.refused("no", {"GITHUB_OUTPUT": str(tmp_path)})


def test_elsewhere_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outputs.refused("no", {})
    assert list(tmp_path.iterdir()) == []
