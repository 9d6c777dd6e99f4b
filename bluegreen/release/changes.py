"""What changed between two snapshots of a deployment: the events to tell, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .event import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .snapshot import LifecycleEvent, Snapshot, TaskSet

TONES = {"Succeeded": "good", "Failed": "bad", "Stopped": "bad"}
WIDTH = 22


@dataclass(frozen=True)
class Sides:
    """`family:revision` of both sides, empty where it is not known."""

    original: str = ""
    replacement: str = ""

    def called(self, label: str) -> str:
        """Name the side of a task set by its label: Blue is the original, Green the replacement."""
        return {"Blue": self.original or "original", "Green": self.replacement or "replacement"}.get(label, label)


def changes(before: Snapshot | None, now: Snapshot, sides: Sides, options: str) -> tuple[Event, ...]:
    """List what is new in `now`, in the order in which it happened; `options` complete the commands named."""
    return (
        *_status(before, now),
        *_lifecycle(before, now),
        *_traffic(before, now, sides),
        *_tasks(before, now, sides),
        *_waits(before, now, f"bluegreen continue {now.deployment_id} {options}"),
        *_rollback(before, now),
    )


def _status(before: Snapshot | None, now: Snapshot) -> Iterator[Event]:
    if now.over or (before and before.status == now.status):
        return
    fields = {"deployment_id": now.deployment_id, "status": now.status}
    yield Event(kind="status", text=f"{now.deployment_id:<{WIDTH}} {now.status}", fields=fields)


def _lifecycle(before: Snapshot | None, now: Snapshot) -> Iterator[Event]:
    seen = {event.name: event.status for event in before.lifecycle} if before else {}
    for event in now.lifecycle:
        if event.status not in ("Pending", seen.get(event.name)):
            yield _lifecycle_event(now.deployment_id, event)


def _lifecycle_event(deployment_id: str, event: LifecycleEvent) -> Event:
    took = "" if event.seconds is None else f"  {event.seconds:.1f} s"
    return Event(
        kind="lifecycle",
        text=f"{event.name:<{WIDTH}} {event.status}{took}",
        fields={
            "deployment_id": deployment_id,
            "name": event.name,
            "status": event.status,
            "seconds": event.seconds,
            "start": event.start,
            "end": event.end,
        },
        tone=TONES.get(event.status, ""),
        at=event.end or event.start or datetime.now(UTC),
    )


def _traffic(before: Snapshot | None, now: Snapshot, sides: Sides) -> Iterator[Event]:
    weights = _weights(now)
    if not weights or (before and _weights(before) == weights):
        return
    parts = [f"{sides.called(label)} {weight:g} %" for label, weight in weights]
    fields = {
        "deployment_id": now.deployment_id,
        "weights": dict(weights),
        "revisions": {label: sides.called(label) for label, _ in weights},
        "target_groups": {one.label: one.target_group for one in now.task_sets},
    }
    yield Event(kind="traffic", text=f"{'traffic':<{WIDTH}} {', '.join(parts)}", fields=fields)


def _weights(snapshot: Snapshot) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((one.label, one.traffic_weight) for one in snapshot.task_sets))


def _tasks(before: Snapshot | None, now: Snapshot, sides: Sides) -> Iterator[Event]:
    counts = _counts(now)
    if not counts or (before and _counts(before) == counts):
        return
    found = [_task_set(one, sides) for one in now.task_sets]
    parts = [f"{one['revision']} {one['running']} of {one['desired']}" for one in found]
    fields = {"deployment_id": now.deployment_id, "task_sets": found}
    yield Event(kind="tasks", text=f"{'tasks running':<{WIDTH}} {', '.join(parts)}", fields=fields)


def _task_set(one: TaskSet, sides: Sides) -> dict[str, Any]:
    return {
        "label": one.label,
        "revision": sides.called(one.label),
        "status": one.status,
        "desired": one.desired,
        "running": one.running,
        "pending": one.pending,
    }


def _counts(snapshot: Snapshot) -> tuple[tuple[str, int, int, int], ...]:
    return tuple(sorted((one.label, one.desired, one.running, one.pending) for one in snapshot.task_sets))


def _waits(before: Snapshot | None, now: Snapshot, command: str) -> Iterator[Event]:
    meaning = {
        "ready": (now.ready_wait_minutes, "test traffic reaches the replacement; it is stopped then"),
        "termination": (now.termination_wait_minutes, "all traffic has moved; the old tasks are ended then"),
    }
    for name in sorted(_waiting(now) - (_waiting(before) if before else set())):
        minutes, words = meaning[name]
        text = f"{'waits':<{WIDTH}} {minutes} min at most ({name} wait): {words}\n`{command}` goes on at once"
        fields = {"deployment_id": now.deployment_id, "wait": name, "minutes": minutes}
        yield Event(kind="wait", text=text, fields=fields)


def _rollback(before: Snapshot | None, now: Snapshot) -> Iterator[Event]:
    """Tell it to who watches: to watch a deployment that was over long before is to read how it went."""
    if before is None or before.rollback_deployment == now.rollback_deployment:
        return
    fields = {
        "deployment_id": now.deployment_id,
        "status": now.status,
        "rollback_deployment_id": now.rollback_deployment,
    }
    text = f"{now.deployment_id:<{WIDTH}} {now.status}; {now.rollback_deployment} rolls back"
    yield Event(kind="rolling-back", text=text, fields=fields, tone="bad")


def _waiting(snapshot: Snapshot) -> set[str]:
    """Name the waits that a deployment is in; one of no minutes is none."""
    ready = snapshot.status == "Ready"
    termination = snapshot.termination_wait_started and snapshot.termination_wait_minutes and not snapshot.over
    return {name for name, is_in in (("ready", ready), ("termination", termination)) if is_in}
