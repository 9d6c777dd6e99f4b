"""Draws a scene as lines that fit a terminal's width. Pure: the time and the signs are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from .duration import words
from .report import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .glyphs import Glyphs
    from .scene import Scene, Side, Step

LIFECYCLE = (
    *("BeforeInstall", "Install", "AfterInstall", "AllowTestTraffic", "AfterAllowTestTraffic"),
    *("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"),
)
"""CodeDeploy's order: what is still to come is shown too, and an event that is not known here when it comes."""
STEP_STYLES = {"Succeeded": "green", "Failed": "bold red", "InProgress": "bold cyan", "Pending": "dim"}
NAME = 21
HEAD = 9
WIDEST_BAR, NARROWEST_BAR = 30, 6


@dataclass(frozen=True)
class Frame:
    """How much room there is, in columns, what time it is at AWS, and with which signs."""

    width: int
    now: datetime
    glyphs: Glyphs


def lines(scene: Scene, frame: Frame) -> list[Text]:
    """Draw the scene, the most important first: a terminal that is too low cuts off the end."""
    top, steps = [*_head(scene, frame), *_traffic(scene, frame), *_tasks(scene), *_alarms(scene)], _steps(scene, frame)
    for line in (*top, *steps):
        line.rstrip()
        line.truncate(frame.width)
    return [*top, *_urgent(scene), *steps, *_verdicts(scene)]


def _head(scene: Scene, frame: Frame) -> Iterator[Text]:
    style = {"Succeeded": "bold green", "Failed": "bold red", "Stopped": "bold red"}.get(scene.status, "bold cyan")
    yield Text.assemble((scene.deployment_id, "bold"), "  ", (scene.status, style))
    if scene.before or scene.after:
        yield Text(f"{scene.before or 'original'} -> {scene.after or 'replacement'}")
    if scene.configuration:
        yield Text(scene.configuration)
    yield Text(f"{_label('elapsed', 0)}{_elapsed(scene, frame)}")


def _elapsed(scene: Scene, frame: Frame) -> str:
    seconds = scene.seconds
    if seconds is None and scene.created:
        seconds = max(0.0, (frame.now - scene.created).total_seconds())
    took = "" if seconds is None else words(seconds)
    if scene.expected is None or scene.over:
        return took
    bar = _bar(100 * (seconds or 0) / (scene.expected or 1), min(20, frame.width // 4), frame.glyphs)
    return f"{took} of about {words(scene.expected)} {bar}"


def _bar(percent: float, width: int, glyphs: Glyphs) -> str:
    filled = round(min(max(percent, 0.0), 100.0) * width / 100)
    return glyphs.full * filled + glyphs.empty * (width - filled)


def _traffic(scene: Scene, frame: Frame) -> Iterator[Text]:
    known = [one for one in scene.sides if one.percent is not None]
    longest = max((len(_called(one)) for one in known), default=0)
    width = min(max(frame.width - HEAD - longest - 8, NARROWEST_BAR), WIDEST_BAR)
    for number, one in enumerate(known):
        percent = one.percent or 0.0
        bar = Text(_bar(percent, width, frame.glyphs), style="blue" if one.label == "Blue" else "green")
        yield Text.assemble(_label("traffic", number), bar, f" {percent:3g} % ", _called(one))


def _called(side: Side) -> str:
    return f"{side.revision} {side.target_group}" if side.target_group else side.revision


def _label(word: str, number: int) -> str:
    return f"{'' if number else word:<{HEAD}}"


def _tasks(scene: Scene) -> Iterator[Text]:
    known = [one for one in scene.sides if one.desired is not None]
    for number, one in enumerate(known):
        pending = f", {one.pending} pending" if one.pending else ""
        style = "" if one.running == one.desired else "yellow"
        counts = Text(f"{one.running} of {one.desired} running{pending} ", style=style)
        yield Text.assemble(_label("tasks", number), counts, one.revision)


def _alarms(scene: Scene) -> Iterator[Text]:
    if scene.alarms:
        yield Text.assemble(_label("alarms", 0), (scene.alarms, "bold red" if scene.alarmed else ""))


def _steps(scene: Scene, frame: Frame) -> list[Text]:
    told = {one.name: one for one in scene.steps}
    names = [*LIFECYCLE, *(name for name in told if name not in LIFECYCLE)]
    return [_step(told.get(name), name, frame) for name in names if name in told or not scene.over]


def _step(step: Step | None, name: str, frame: Frame) -> Text:
    status = step.status if step else "Pending"
    mark, style = frame.glyphs.of(status), STEP_STYLES.get(status, "")
    parts = [f"{mark} {name:<{NAME}}", _took(step, frame) if step else ""]
    if frame.width >= 50 and status not in ("Pending", ""):
        parts.append(status)
    return Text("  ".join(parts), style=style)


def _took(step: Step, frame: Frame) -> str:
    seconds = f"{step.seconds:.1f} s" if step.seconds is not None else ""
    if step.status == "InProgress" and step.start:
        seconds = words((frame.now - step.start).total_seconds())
    return f"{seconds:>9}"


def _urgent(scene: Scene) -> Iterator[Text]:
    for about, one in scene.remarks.items():
        if not about.startswith("verdict"):
            yield Text(one.text, style=STYLES.get(one.tone) or "yellow")


def _verdicts(scene: Scene) -> Iterator[Text]:
    for about, one in scene.remarks.items():
        if about.startswith("verdict"):
            yield Text(one.text, style=STYLES.get(one.tone) or "")
