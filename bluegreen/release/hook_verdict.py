"""The hook's verdicts on a deployment, read from its log group."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .changes import TONES, WIDTH
from .event import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_logs import CloudWatchLogsClient


@dataclass(frozen=True, kw_only=True)
class Route:
    """What one route was asked and what came back."""

    name: str
    passed: bool
    expected: str
    got: str
    task_definition: str
    attempts: int
    milliseconds: float
    failure: str
    """What sort of failure, as `identity_mismatch`; empty for a route that passed."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One verdict line; `expected_revision` is empty when the identity proof is off."""

    execution_id: str
    verdict: str
    milliseconds: float
    expected_revision: str
    reason: str
    note: str
    """What the proof leaves open, in words; empty when nothing."""
    routes: tuple[Route, ...]

    @property
    def failed(self) -> bool:
        """Whether the hook turned the release down."""
        return self.verdict != "Succeeded"


def read(logs: CloudWatchLogsClient, *, log_group: str, deployment_id: str, since_ms: int) -> tuple[Verdict, ...]:
    """Find a deployment's verdict lines, oldest first; `since_ms` is in epoch milliseconds.

    A log group that is not there yet holds none, nor does one that nobody knows (empty). CloudWatch shows a line some
    seconds after it was written.
    """
    if not log_group:
        return ()
    try:
        pages = list(
            logs.get_paginator("filter_log_events").paginate(
                logGroupName=log_group, filterPattern=f'"{deployment_id}"', startTime=since_ms
            )
        )
    except logs.exceptions.ResourceNotFoundException:
        return ()
    messages = [event.get("message", "") for page in pages for event in page.get("events", [])]
    found = [parse(message, deployment_id) for message in messages]
    return tuple({one.execution_id: one for one in found if one}.values())


def parse(message: str, deployment_id: str) -> Verdict | None:
    """Read one log line; None for a line that is not a verdict on this deployment."""
    try:
        line = json.loads(message)
    except ValueError:
        return None
    if not isinstance(line, dict) or line.get("message") != "verdict" or line.get("deployment_id") != deployment_id:
        return None
    return Verdict(
        execution_id=str(line.get("execution_id", "")),
        verdict=str(line.get("verdict", "")),
        milliseconds=float(line.get("milliseconds") or 0),
        expected_revision=(line.get("identity") or {}).get("expected") or "",
        reason=str(line.get("reason") or ""),
        note=str(line.get("note") or ""),
        routes=tuple(_route(one) for one in line.get("routes") or []),
    )


def as_event(verdict: Verdict, deployment_id: str) -> Event:
    """Tell a verdict: the identity it proved, and a line a route."""
    lines = [f"{'hook verdict':<{WIDTH}} {verdict.verdict}  {verdict.milliseconds:.0f} ms, {_proof(verdict)}"]
    lines += [f"  {line_of(route)}" for route in verdict.routes]
    if verdict.failed and verdict.reason:
        lines.append(f"  {verdict.reason}")
    if verdict.note:
        lines.append(f"  note: {verdict.note}")
    fields = {
        "deployment_id": deployment_id,
        "verdict": verdict.verdict,
        "milliseconds": verdict.milliseconds,
        "expected_revision": verdict.expected_revision or None,
        "reason": verdict.reason,
        "note": verdict.note,
        "routes": [vars(route) for route in verdict.routes],
    }
    return Event(kind="verdict", text="\n".join(lines), fields=fields, tone=TONES.get(verdict.verdict, ""))


def line_of(route: Route) -> str:
    """Put a route's result into one line."""
    times = "1 attempt" if route.attempts == 1 else f"{route.attempts} attempts"
    outcome = f"{route.got}" if route.passed else f"expected {route.expected}, got {route.got or 'nothing'}"
    by = f" from {route.task_definition}" if route.task_definition not in route.got else ""
    return f"{route.name}: {outcome}{by}, {times}, {route.milliseconds:.0f} ms"


def _proof(verdict: Verdict) -> str:
    if not verdict.expected_revision:
        return "identity not proved"
    if verdict.failed:
        return f"{verdict.expected_revision} should have answered"
    return f"proved: every answer came from {verdict.expected_revision}"


def _route(one: Mapping[str, Any]) -> Route:
    path = one.get("path") or one.get("url") or one.get("name") or "?"
    return Route(
        name=f"{one.get('method', 'GET')} {path}",
        passed=bool(one.get("passed")),
        expected=_words(one.get("expected")),
        got=_words(one.get("got")),
        task_definition=str(one.get("task_definition") or ""),
        attempts=int(one.get("attempts") or 0),
        milliseconds=float(one.get("milliseconds") or 0),
        failure=str(one.get("failure") or ""),
        reason=str(one.get("reason") or ""),
    )


def _words(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
