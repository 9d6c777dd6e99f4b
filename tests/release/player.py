"""Plays a release's events into the report that the terminal asks for: one at every line that it reads."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from bluegreen.release import report
from bluegreen.release.event import Event

ID = "d-1NNWZG91L"
OLD, NEW = "rust-blue-green:3", "rust-blue-green:5"
VERDICT = """hook verdict           Succeeded  132 ms, proved: every answer came from rust-blue-green:5
  GET /one: status 200, 1 attempt, 12 ms"""


def _event(kind: str, text: str, tone: str = "", **fields: Any) -> Event:
    return Event(kind=kind, text=text, tone=tone, fields={"deployment_id": ID, **fields})


def _lifecycle(name: str, status: str, seconds: float | None = None) -> Event:
    start = datetime.now(UTC) - timedelta(seconds=2)
    return _event("lifecycle", f"{name} {status}", name=name, status=status, seconds=seconds, start=start, end=None)


def _traffic(blue: float) -> Event:
    sides = {"Blue": OLD, "Green": NEW}
    groups = {"Blue": "sample-blue", "Green": "sample-green"}
    weights = {"Blue": blue, "Green": 100 - blue}
    return _event("traffic", "traffic", weights=weights, revisions=sides, target_groups=groups)


def _tasks(running: int) -> Event:
    old = {"label": "Blue", "revision": OLD, "status": "PRIMARY", "desired": 2, "running": 2, "pending": 0}
    new = {"label": "Green", "revision": NEW, "status": "ACTIVE", "desired": 2, "running": running}
    return _event("tasks", "tasks", task_sets=[old, {**new, "pending": 2 - running}])


def _watching() -> Event:
    return _event(
        "watching",
        "watching",
        status="Created",
        configuration="CodeDeployDefault.ECSCanary10Percent5Minutes",
        created=datetime.now(UTC) - timedelta(seconds=75),
        completed=None,
        rolls_back=None,
        expected_seconds=150.0,
        expected_from=5,
        **{"from": OLD, "to": NEW},
    )


def story() -> list[Event]:
    """A release that goes well."""
    wait = _event("wait", "waits 5 min\n`bluegreen continue` goes on", wait="ready", minutes=5)
    outcome = _event("outcome", f"{NEW}: Succeeded after 90 s ({ID})", "good", status="Succeeded", seconds=90.0)
    return [
        _event("started", f"{ID}: {OLD} -> {NEW}"),
        _watching(),
        _event("status", "InProgress", status="InProgress"),
        _traffic(100),
        _tasks(1),
        _event("alarms", "alarms", states={"latency": "OK", "errors": "ALARM"}, changed=[]),
        _lifecycle("BeforeInstall", "Succeeded", 0.3),
        _lifecycle("Install", "InProgress"),
        _event("connection", "connection lost: AWS cannot be reached", "bad", state="lost"),
        _event("connection", "connection back after 4 s", "good", state="back"),
        _event("note", "note: something beside"),
        _event("verdict", VERDICT, "good"),
        _event("status", "Ready", status="Ready"),
        wait,
        _event("status", "InProgress", status="InProgress"),
        _lifecycle("Install", "Succeeded", 30.0),
        _lifecycle("SomethingNew", "Baffled"),
        _tasks(2),
        _traffic(0),
        outcome,
    ]


def main() -> None:
    """Play it."""
    told = report.choose(as_json="--json" in sys.argv)
    try:
        for event in story():
            sys.stdin.readline()
            told.tell(event)
    finally:
        told.close()


if __name__ == "__main__":
    main()
