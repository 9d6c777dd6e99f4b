"""The moments of a timeline: lifecycle events, alarms, and what the drill itself did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .timeline import Alarm, Event, Timeline

LONGEST = 44
BAD = frozenset({"Failed", "Stopped", "ALARM"})


class Shape(StrEnum):
    """How a moment is drawn, so that no colour is needed to tell them apart."""

    EVENT = "event"
    FAILED = "failed"
    DEED = "deed"
    ALARM = "alarm"
    CALM = "calm"


@dataclass(frozen=True)
class Mark:
    """One moment: `number` is its place in the list beside the chart, `at` in seconds."""

    number: int
    at: float
    shape: Shape
    name: str
    status: str

    @property
    def weight(self) -> int:
        """How much a reader needs its name on the chart: 0 is most."""
        if self.status in BAD:
            return 0
        return {Shape.CALM: 1, Shape.DEED: 1}.get(self.shape, 2 if self.status == "Succeeded" else 3)

    @property
    def label(self) -> str:
        """What stands on the chart: success is said by the shape alone."""
        text = f"{self.name} {self.status}" if self.status not in ("", "Succeeded") else self.name
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def marks(timeline: Timeline) -> tuple[Mark, ...]:
    """Return events and alarms in the order of time, numbered from 1."""
    found = [*map(_of_event, timeline.events), *map(_of_alarm, timeline.alarms)]
    found.sort(key=lambda one: one[0])
    return tuple(Mark(number, *one) for number, one in enumerate(found, start=1))


def _of_event(event: Event) -> tuple[float, Shape, str, str]:
    shape = Shape.FAILED if event.status in BAD else Shape.EVENT if event.status else Shape.DEED
    return event.at, shape, event.name, event.status


def _of_alarm(alarm: Alarm) -> tuple[float, Shape, str, str]:
    return alarm.at, Shape.ALARM if alarm.state in BAD else Shape.CALM, alarm.name, alarm.state
