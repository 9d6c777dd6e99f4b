"""What a live view shows, put together from the events alone. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from .alarms import words
from .event import Event


@dataclass(frozen=True, kw_only=True)
class Step:
    """A lifecycle event; `seconds` once it is over."""

    name: str
    status: str
    start: datetime | None = None
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """One task set's part of production traffic; `percent` is None as long as nothing is known of it."""

    label: str
    revision: str
    target_group: str = ""
    percent: float | None = None
    desired: int | None = None
    running: int = 0
    pending: int = 0


@dataclass(frozen=True)
class Remark:
    """Words of an event that stay on the screen, with their tone."""

    text: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything on the screen."""

    deployment_id: str = ""
    status: str = ""
    before: str = ""
    after: str = ""
    configuration: str = ""
    created: datetime | None = None
    seconds: float | None = None
    """From creation to the end, once it is over."""
    expected: float | None = None
    expected_from: int = 0
    steps: tuple[Step, ...] = ()
    sides: tuple[Side, ...] = ()
    alarms: str = ""
    alarmed: bool = False
    remarks: dict[str, Remark] = field(default_factory=dict)
    """By what they are about: a later one takes the place of an earlier one."""
    over: bool = False


def shows(event: Event) -> bool:
    """Whether a scene has a place for an event; another one is printed above it."""
    return event.kind in TAKES


def after(scene: Scene, event: Event) -> Scene:
    """Return the scene with an event in it."""
    return TAKES[event.kind](scene, event)


def _watching(scene: Scene, event: Event) -> Scene:
    said = event.fields
    return replace(
        scene,
        deployment_id=said["deployment_id"],
        status=said["status"],
        before=said["from"],
        after=said["to"],
        configuration=said["configuration"],
        created=said["created"],
        seconds=_between(said["created"], said["completed"]),
        expected=said["expected_seconds"],
        expected_from=said["expected_from"],
    )


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() if start and end else None


def _status(scene: Scene, event: Event) -> Scene:
    is_ready = event.fields["status"] == "Ready"
    remarks = scene.remarks if is_ready else {name: one for name, one in scene.remarks.items() if name != "ready"}
    return replace(scene, status=event.fields["status"], remarks=remarks)


def _lifecycle(scene: Scene, event: Event) -> Scene:
    said = event.fields
    step = Step(name=said["name"], status=said["status"], start=said["start"], seconds=said["seconds"])
    if any(one.name == step.name for one in scene.steps):
        return replace(scene, steps=tuple(step if one.name == step.name else one for one in scene.steps))
    return replace(scene, steps=(*scene.steps, step))


def _traffic(scene: Scene, event: Event) -> Scene:
    said = event.fields
    for label, percent in said["weights"].items():
        group = said["target_groups"].get(label, "")
        scene = _side(scene, label, revision=said["revisions"][label], target_group=group, percent=percent)
    return scene


def _tasks(scene: Scene, event: Event) -> Scene:
    for one in event.fields["task_sets"]:
        counts = {name: one[name] for name in ("revision", "desired", "running", "pending")}
        scene = _side(scene, one["label"], **counts)
    return scene


def _side(scene: Scene, label: str, **known: Any) -> Scene:
    sides = {one.label: one for one in scene.sides}
    sides[label] = replace(sides.get(label, Side(label=label, revision=known["revision"])), **known)
    return replace(scene, sides=tuple(sides[name] for name in sorted(sides)))


def _alarms(scene: Scene, event: Event) -> Scene:
    states = event.fields["states"]
    return replace(scene, alarms=words(states), alarmed="ALARM" in states.values())


def _wait(scene: Scene, event: Event) -> Scene:
    return _remark(scene, event.fields["wait"], event)


def _verdict(scene: Scene, event: Event) -> Scene:
    count = sum(name.startswith("verdict") for name in scene.remarks)
    return _remark(scene, f"verdict {count}", event)


def _by_kind(scene: Scene, event: Event) -> Scene:
    return _remark(scene, event.kind, event)


def _remark(scene: Scene, about: str, event: Event) -> Scene:
    return replace(scene, remarks={**scene.remarks, about: Remark(event.text, event.tone)})


def _rolling_back(scene: Scene, event: Event) -> Scene:
    return _by_kind(replace(scene, status=event.fields["status"]), event)


def _outcome(scene: Scene, event: Event) -> Scene:
    """Leave out what was only good to know while it ran; the outcome itself is told below the scene."""
    said = event.fields
    kept = {name: one for name, one in scene.remarks.items() if name.startswith("verdict")}
    return replace(scene, status=said["status"], seconds=said["seconds"], remarks=kept, over=True)


def _left(scene: Scene, _: Event) -> Scene:
    return replace(scene, over=True)


TAKES: dict[str, Callable[[Scene, Event], Scene]] = {
    "watching": _watching,
    "status": _status,
    "lifecycle": _lifecycle,
    "traffic": _traffic,
    "tasks": _tasks,
    "alarms": _alarms,
    "wait": _wait,
    "verdict": _verdict,
    "connection": _by_kind,
    "silence": _by_kind,
    "unsteady": _by_kind,
    "rolling-back": _rolling_back,
    "outcome": _outcome,
    "left": _left,
}
